import { Kbd, Modal, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const LINES = [
  ['1 – 5', 'rate'],
  ['0', 'cannotRate'],
  ['↑ ↓', 'move'],
  ['Tab', 'tab'],
  ['Enter', 'submit'],
  ['U', 'undo'],
  ['S', 'skip'],
  ['?', 'help'],
] as const;

/** The keys. */
export function HelpDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useTranslation('annotate');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('help.title')}
      closeButtonProps={{ 'aria-label': t('shell:action.close') }}
    >
      <Table>
        <Table.Tbody>
          {LINES.map(([key, name]) => (
            <Table.Tr key={key}>
              <Table.Th scope="row">
                <Kbd>{key}</Kbd>
              </Table.Th>
              <Table.Td>{t(`help.${name}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
