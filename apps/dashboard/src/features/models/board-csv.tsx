import { Button } from '@mantine/core';
import type { BoardRow, ModelBoard } from '@pointsman/contracts';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Cell, download, notifyFailed, toCsv } from '../../components/index.ts';
import { type BoardQuery, fetchBoard } from './queries.ts';

const FACTS = [
  'model',
  'provider',
  'status',
  'standing',
  'allowed',
  'input_micro_usd_per_mtok',
  'output_micro_usd_per_mtok',
  'context_tokens',
  'latency_p95_ms',
  'regions',
];

const factsOf = (row: BoardRow): Cell[] => [
  row.model,
  row.provider,
  row.status,
  row.standing,
  row.allowed,
  row.price?.inputMicroUsdPerMtok,
  row.price?.outputMicroUsdPerMtok,
  row.contextTokens,
  row.latencyP95Ms,
  row.regions.join(' '),
];

function csvOf({ columns, rows }: ModelBoard): string {
  const header = [...FACTS, ...columns.flatMap((column) => [column, `${column}_low`, `${column}_high`, `${column}_n`])];
  const scores = ({ cells }: BoardRow): Cell[] =>
    columns.flatMap((column) => {
      const cell = cells[column];
      return [cell?.value, cell?.interval?.low, cell?.interval?.high, cell?.count];
    });
  return toCsv(
    header,
    rows.map((row) => [...factsOf(row), ...scores(row)]),
  );
}

/** Every row that the filters let through as a file, also those of other pages. */
export function BoardCsv({ query }: { query: BoardQuery }) {
  const { t } = useTranslation('models');
  const [isLoading, setLoading] = useState(false);
  const save = async () => {
    setLoading(true);
    try {
      download('pointsman-model-board.csv', csvOf(await fetchBoard(query)));
    } catch (error) {
      notifyFailed(t('shell:action.failed'))(error as Error);
    } finally {
      setLoading(false);
    }
  };
  return (
    <Button
      size="xs"
      variant="default"
      loading={isLoading}
      leftSection={<IconDownload size={14} />}
      onClick={save}
      aria-label={t('shell:chart.download', { title: t('board.title') })}
    >
      {t('shell:chart.csv')}
    </Button>
  );
}
