import { Card, Stack, Text, Title } from '@mantine/core';
import type { EvaluationReport } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format/use-format.ts';
import { Measure } from '../benchmark/index.ts';

/** What the report does not know, how the judge was calibrated, and how usable its answers were. */
export function Standing({ report: { unknowns, calibration, judgeValidation } }: { report: EvaluationReport }) {
  const { t } = useTranslation('reports');
  const format = useFormat();
  return (
    <Card withBorder padding="md" component="section" aria-label={t('standing.title')}>
      <Stack gap="xs">
        <Title order={2} size="h4">
          {t('standing.title')}
        </Title>
        {unknowns.length === 0 ? (
          <Text c="dimmed">{t('standing.nothing')}</Text>
        ) : (
          <ul lang="en">
            {unknowns.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
        <Title order={3} size="h5">
          {t('standing.calibration')}
        </Title>
        <ul>
          {calibration.map(({ dimension, status, detail }) => (
            <li key={dimension}>
              {t(`shell:dimension.${dimension}`)}: {t(`standing.${status}`)} <span lang="en">({detail})</span>
            </li>
          ))}
        </ul>
        {judgeValidation !== undefined && (
          <Text size="sm" component="div">
            {t('standing.usable', { count: judgeValidation.questions })}{' '}
            <Measure of={judgeValidation.withValidation.success.share} as={format.share} />
          </Text>
        )}
      </Stack>
    </Card>
  );
}
