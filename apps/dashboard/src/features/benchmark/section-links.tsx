import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session.ts';
import { PageLink } from './page-link.tsx';

const SECTIONS = ['benchmark', 'rubrics', 'agreement', 'judges'] as const;
type Section = (typeof SECTIONS)[number];

/** The pages about what scores stand on; those who rate see the rubrics alone. */
export function SectionLinks({ current }: { current: Section }) {
  const { t } = useTranslation('benchmark');
  const isRater = useMe().role === 'annotator';
  if (isRater) return null;
  return (
    <Group component="nav" gap="lg" aria-label={t('sections')}>
      {SECTIONS.map((section) => (
        <span key={section}>
          {section === current ? (
            <strong aria-current="page">{t(`section.${section}`)}</strong>
          ) : (
            <PageLink to={section === 'benchmark' ? '/benchmark' : `/benchmark/${section}`}>
              {t(`section.${section}`)}
            </PageLink>
          )}
        </span>
      ))}
    </Group>
  );
}
