import { Text, Tooltip } from '@mantine/core';
import type { Standing } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';

/** What an estimate stands on, in a word; said in full on hover and to screen readers. */
export function StandingMark({ standing, ofRouter = false }: { standing: Standing; ofRouter?: boolean }) {
  const { t } = useTranslation('models');
  const word = t(`standing.${standing}`);
  return (
    <Tooltip label={t(`standing.${standing}Text`)} multiline maw={320} withinPortal>
      <Text span size="xs" c="dimmed" fs={standing === 'prior' ? 'italic' : undefined}>
        {ofRouter ? t('standing.ofRouter', { standing: word }) : word}
      </Text>
    </Tooltip>
  );
}
