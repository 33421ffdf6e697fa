import { Text } from '@mantine/core';
import type { Figure, Overview, OverviewRow } from '@pointsman/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, Estimate } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { spentOf } from './figure-cards.tsx';

/** What a column is sorted by; undefined for what nobody knows. */
export function cellValue(row: OverviewRow, column: string): string | number | undefined {
  switch (column) {
    case 'key':
      return row.name ?? row.key;
    case 'requests':
      return row.requests;
    case 'quality':
    case 'oversized':
    case 'undersized':
    case 'errors':
      return row[column].value;
    case 'saved':
      return row.saved.share.value;
    case 'latency':
      return row.latency?.p95.value ?? row.meanLatencyMs;
    default:
      return spentOf(row);
  }
}

/** The columns of the breakdown, in the reader's language. */
export function useBreakdownColumns({ by, totals }: Overview): Column<OverviewRow>[] {
  const { t } = useTranslation('overview');
  const format = useFormat();
  const number = (key: string, header: string, cell: (row: OverviewRow) => ReactNode): Column<OverviewRow> => ({
    key,
    header,
    align: 'right',
    sortable: true,
    cell,
  });
  const figure = ({ value, interval }: Figure, as: (value: number) => string, estimated = true) => (
    <Estimate value={value} interval={interval} estimated={estimated} as={as} />
  );
  const spent = spentOf(totals);
  return [
    { key: 'key', header: t(`by.${by}`), sortable: true, cell: (row) => <RowName row={row} by={by} /> },
    number('spend', t('figure.spend'), (row) => (
      <>
        <span className="number">{format.money(spentOf(row))}</span>
        {spent > 0 && (
          <Text span size="xs" c="dimmed" ml={6} className="number">
            {format.share(spentOf(row) / spent)}
          </Text>
        )}
      </>
    )),
    number('requests', t('figure.requests'), (row) => <span className="number">{format.count(row.requests)}</span>),
    number('quality', t('figure.quality'), ({ quality }) => figure(quality, format.score)),
    number('saved', t('column.saved'), ({ saved }) => figure(saved.share, format.share)),
    number('oversized', t('figure.oversized'), ({ oversized }) => figure(oversized, format.share)),
    number('undersized', t('figure.undersized'), ({ undersized }) => figure(undersized, format.share)),
    number('latency', by === 'model' ? t('column.p95') : t('latency.mean'), ({ latency, meanLatencyMs }) =>
      latency === undefined ? duration(meanLatencyMs, format.duration) : figure(latency.p95, format.duration, false),
    ),
    number('errors', t('figure.errors'), ({ errors }) => figure(errors, format.share, false)),
  ];
}

const duration = (ms: number | undefined, as: (value: number) => string) =>
  ms === undefined ? <Estimate value={undefined} as={as} /> : <span className="number">{as(ms)}</span>;

const NAME = { display: 'inline-block', minWidth: 140, overflowWrap: 'anywhere' } as const;

/** Names that people gave are shown as they are; what has none says so. */
function RowName({ row, by }: { row: OverviewRow; by: Overview['by'] }) {
  const { t } = useTranslation('overview');
  if (row.key === '') return <em style={NAME}>{t(`none.${by}`)}</em>;
  return (
    <Text span inherit style={NAME} title={row.name === undefined ? undefined : row.key}>
      {row.name ?? row.key}
    </Text>
  );
}
