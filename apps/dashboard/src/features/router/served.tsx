import { Card, Group, Loader, Text } from '@mantine/core';
import type { RouterView } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';

/** What serves now, why, and whether this gateway has followed already. */
export function Served({ view: { served, loaded, origin, artefacts } }: { view: RouterView }) {
  const { t } = useTranslation('router');
  const artefact = artefacts.find(({ isServed }) => isServed);
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" gap="xs">
        <div>
          <Text size="sm" c="dimmed">
            {t('served.label')}
          </Text>
          <Text fz="xl" fw={600} className="number">
            {served}
          </Text>
        </div>
        <Group gap="xs" role="status">
          {loaded === served ? (
            <Text size="sm">{t('served.loaded')}</Text>
          ) : (
            <>
              <Loader size="xs" aria-hidden />
              <Text size="sm">{t('served.follows', { version: loaded ?? t('served.nothing') })}</Text>
            </>
          )}
        </Group>
      </Group>
      <Text size="sm">{t(`served.origin.${origin}`)}</Text>
      {artefact && (
        <Text size="sm" c="dimmed">
          {artefact.modeReason ?? t(`mode.${artefact.mode}`)}
        </Text>
      )}
    </Card>
  );
}
