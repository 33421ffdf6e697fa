import { Card, Group, Stack, Text } from '@mantine/core';
import type { ModelBoard } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { DataTable, Definition, Pager, QueryState, useFilters } from '../../components/index.ts';
import { useBoardColumns } from './board-columns.tsx';
import { BoardCsv } from './board-csv.tsx';
import { BoardFilterBar } from './board-filter-bar.tsx';
import { FIRST_PAGE, FilterBar, type ModelsFilters } from './filter-bar.tsx';
import { OriginLine } from './origin-line.tsx';
import { type BoardQuery, type ModelsQuery, ROWS_PER_PAGE, useBoard } from './queries.ts';

type Props = { query: ModelsQuery; filters: ModelsFilters; onFilter(change: Partial<ModelsFilters>): void };

const DEFAULTS = {
  by: 'dimension',
  metric: 'overall',
  search: undefined as string | undefined,
  provider: undefined as string | undefined,
  measured: false,
  sort: '-all',
  page: 1,
};

/** Every model that is served, against every dimension, domain or task. */
export function BoardView({ query, filters, onFilter }: Props) {
  const [choice, setChoice] = useFilters(DEFAULTS);
  const { page, ...asked } = choice;
  const boardQuery: BoardQuery = { ...query, ...asked };
  const board = useBoard(boardQuery, page);
  return (
    <Stack gap="md">
      <FilterBar
        filters={filters}
        onChange={(change) => onFilter({ ...change, ...FIRST_PAGE })}
        series={board.data?.benchmark}
        ofClient={query.client !== undefined}
      />
      <BoardFilterBar
        choice={choice}
        onChange={setChoice}
        providers={board.data?.providers ?? []}
        hasMetrics={query.source !== 'traffic'}
      />
      <QueryState query={board} height={480}>
        {(data) => (
          <Board
            board={data}
            query={boardQuery}
            page={page}
            onSort={(sort) => setChoice({ sort })}
            onPage={(next) => setChoice({ page: next })}
          />
        )}
      </QueryState>
    </Stack>
  );
}

type BoardProps = {
  board: ModelBoard;
  query: BoardQuery;
  page: number;
  onSort(sort: string): void;
  onPage(page: number): void;
};

function Board({ board, query, page, onSort, onPage }: BoardProps) {
  const { t } = useTranslation('models');
  const columns = useBoardColumns(board.columns, query);
  return (
    <>
      <OriginLine origin={board} />
      <Card withBorder padding="md" component="section" aria-label={t('board.title')}>
        <Group justify="space-between" mb="sm" gap="xs">
          <Group gap={6}>
            <Text fw={700} component="h2" size="md">
              {t('board.title')}
            </Text>
            <Definition term={t('board.title')}>{t('definition.board')}</Definition>
          </Group>
          <BoardCsv query={query} />
        </Group>
        {board.source === 'traffic' && board.by === 'dimension' && (
          <Text size="sm" c="dimmed" mb="xs">
            {t('board.trafficDimensions')}
          </Text>
        )}
        {board.rows.length === 0 && (
          <Text c="dimmed" ta="center" p="xl">
            {t('board.none')}
          </Text>
        )}
        {board.rows.length > 0 && (
          <DataTable
            caption={t('board.table')}
            columns={columns}
            rows={board.rows}
            rowKey={({ model }) => model}
            sort={{ value: query.sort, onChange: onSort }}
            footer={
              <Pager page={page} hasNext={page * ROWS_PER_PAGE < board.total} total={board.total} onPage={onPage} />
            }
          />
        )}
      </Card>
    </>
  );
}
