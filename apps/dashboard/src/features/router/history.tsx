import { List, Text } from '@mantine/core';
import type { RouterChangeView } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, Empty } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';

/** Every change of what serves, the newest first. */
export function History({ history }: { history: readonly RouterChangeView[] }) {
  const { t } = useTranslation('router');
  const format = useFormat();
  if (history.length === 0) return <Empty>{t('history.none')}</Empty>;
  const columns: Column<RouterChangeView>[] = [
    { key: 'at', header: t('history.at'), cell: ({ at }) => format.dateTime(at) },
    { key: 'by', header: t('history.by'), cell: ({ by }) => by },
    { key: 'action', header: t('history.action'), cell: ({ action }) => t(`history.actions.${action}`) },
    { key: 'version', header: t('history.version'), cell: ({ version }) => version ?? t('artefacts.shipped') },
    {
      key: 'why',
      header: t('history.why'),
      cell: ({ reasons }) =>
        reasons.length > 1 ? (
          <List size="xs" maw={640}>
            {reasons.map((reason) => (
              <List.Item key={reason}>{reason}</List.Item>
            ))}
          </List>
        ) : (
          <Text size="xs">{reasons[0] ?? ''}</Text>
        ),
    },
  ];
  return (
    <DataTable
      caption={t('history.title')}
      columns={columns}
      rows={history}
      rowKey={({ at, action }) => `${at} ${action}`}
    />
  );
}
