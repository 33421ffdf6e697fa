import { Alert, List, Text } from '@mantine/core';
import type { PromotionView } from '@pointsman/contracts';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** What an artefact's stored report says about serving it, and why. */
export function Verdict({ promotion }: { promotion: PromotionView | undefined }) {
  const { t } = useTranslation('router');
  return (
    <Alert
      variant="default"
      icon={promotion?.kind === 'promote' ? <IconCircleCheck aria-hidden /> : <IconAlertTriangle aria-hidden />}
      title={t(`verdict.${promotion?.kind ?? 'unknown'}`)}
    >
      {promotion === undefined ? (
        <Text size="sm">{t('promote.unknown')}</Text>
      ) : (
        <List size="sm">
          {promotion.reasons.map((reason) => (
            <List.Item key={reason}>{reason}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
