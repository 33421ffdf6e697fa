import { Button, type ButtonProps, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type Props = ButtonProps & {
  label: string;
  /** What will happen, in words. */
  question: ReactNode;
  onConfirm(): void;
};

/** A button that asks before it does what cannot be undone. */
export function ConfirmButton({ label, question, onConfirm, ...button }: Props) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const confirm = () => {
    close();
    onConfirm();
  };
  return (
    <>
      <Button {...button} onClick={open}>
        {label}
      </Button>
      <Modal opened={opened} onClose={close} title={label} closeButtonProps={{ 'aria-label': t('action.close') }}>
        <Text size="sm" component="div" mb="md">
          {question}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('action.cancel')}
          </Button>
          <Button color="red.9" onClick={confirm}>
            {t('action.confirm')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
