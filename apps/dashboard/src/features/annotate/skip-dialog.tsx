import { Button, Kbd, Modal, Stack, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import type { SkipReason } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';

const REASONS = [
  'not-my-language',
  'not-my-field',
  'unclear',
  'broken',
  'offensive',
  'other',
] as const satisfies readonly SkipReason[];

type Props = { opened: boolean; onClose(): void; onSkip(reason: SkipReason): void };

/** Why a reply is left to somebody else: one key. */
export function SkipDialog({ opened, onClose, onSkip }: Props) {
  const { t } = useTranslation('annotate');
  useHotkeys(REASONS.map((reason, index) => [String(index + 1), () => opened && onSkip(reason)]));
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('skip.title')}
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
      <Text size="sm" mb="sm">
        {t('skip.text')}
      </Text>
      <Stack gap="xs">
        {REASONS.map((reason, index) => (
          <Button
            key={reason}
            variant="default"
            justify="flex-start"
            leftSection={<Kbd>{index + 1}</Kbd>}
            onClick={() => onSkip(reason)}
          >
            {t(`skip.reason.${reason}`)}
          </Button>
        ))}
      </Stack>
    </Modal>
  );
}
