import { Badge, Group, Stack, Text } from '@mantine/core';
import type { BoardCell, BoardRow } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, Estimate } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { usePriceText } from './price-text.tsx';
import type { BoardQuery } from './queries.ts';
import { StandingMark } from './standing-mark.tsx';

/** Name, scores, prices and facts of a model; every column but regions is ordered by the server. */
export function useBoardColumns(columns: readonly string[], { by, metric }: BoardQuery): Column<BoardRow>[] {
  const { t } = useTranslation('models');
  const facts = useFactColumns();
  const nameOf = (column: string): string => {
    if (column !== 'all') return t(by === 'dimension' ? `shell:dimension.${column}` : `${by}.${column}`);
    return by === 'dimension'
      ? t('shell:dimension.overall')
      : t('column.all', { metric: t(`shell:dimension.${metric}`) });
  };
  const scores = columns.map(
    (column): Column<BoardRow> => ({
      key: column,
      header: nameOf(column),
      sortable: true,
      cell: ({ cells }) => <ScoreCell cell={cells[column]} />,
    }),
  );
  const model: Column<BoardRow> = {
    key: 'model',
    header: t('column.model'),
    sortable: true,
    cell: (row) => <ModelCell row={row} />,
  };
  return [model, ...scores, ...facts];
}

function useFactColumns(): Column<BoardRow>[] {
  const { t } = useTranslation('models');
  const format = useFormat();
  const priceText = usePriceText();
  const price = (side: 'input' | 'output'): Column<BoardRow> => ({
    key: side,
    header: <OneLine>{t(`column.${side}`)}</OneLine>,
    label: t(`column.${side}`),
    align: 'right',
    sortable: true,
    cell: (row) => <span className="number">{priceText(row.price, side)}</span>,
  });
  return [
    price('input'),
    price('output'),
    {
      key: 'context',
      header: <OneLine>{t('column.context')}</OneLine>,
      label: t('column.context'),
      align: 'right',
      sortable: true,
      cell: ({ contextTokens }) => format.compact(contextTokens),
    },
    {
      key: 'latency',
      header: <OneLine>{t('column.latency')}</OneLine>,
      label: t('column.latency'),
      align: 'right',
      sortable: true,
      cell: ({ latencyP95Ms }) =>
        latencyP95Ms === undefined ? <Dimmed>{t('shell:number.tooFew')}</Dimmed> : format.duration(latencyP95Ms),
    },
    { key: 'regions', header: t('column.regions'), cell: ({ regions }) => regions.join(', ') },
  ];
}

function ModelCell({ row: { model, name, status, healthy, allowed, standing } }: { row: BoardRow }) {
  const { t } = useTranslation('models');
  const marks = [
    status !== 'active' && t(`status.${status}`),
    !healthy && t('unhealthy'),
    allowed === false && t('notAllowed'),
  ].filter((mark) => mark !== false);
  return (
    <Stack gap={2} miw={180}>
      <Text size="sm" fw={600}>
        {name}
      </Text>
      <Text size="xs" c="dimmed">
        {model}
      </Text>
      <Group gap={6}>
        <StandingMark standing={standing} ofRouter />
        {marks.map((mark) => (
          <Badge key={mark} size="xs" variant="default" tt="none">
            {mark}
          </Badge>
        ))}
      </Group>
    </Stack>
  );
}

/** Nobody measured it, too few did, or a number with its interval; a prior is a paler number. */
function ScoreCell({ cell }: { cell: BoardCell | undefined }) {
  const { t } = useTranslation('models');
  const format = useFormat();
  if (cell === undefined) return <Dimmed>{t('notMeasured')}</Dimmed>;
  const { value, interval, count, standing } = cell;
  const parts = [
    count > 0 && t('count', { formatted: format.count(count) }),
    standing === 'prior' && t('standing.prior'),
  ];
  return (
    <Stack gap={0} miw={104} {...(standing === 'prior' && { c: 'dimmed' })}>
      {value === undefined ? (
        <Dimmed>{t('shell:number.tooFew')}</Dimmed>
      ) : (
        <span>
          <Estimate
            value={value}
            interval={interval}
            estimated={standing !== 'measured'}
            as={format.score}
            inline={false}
          />
        </span>
      )}
      {value !== undefined && (
        <Text span size="xs" c="dimmed" className="number">
          {interval ? `[${format.score(interval.low)}; ${format.score(interval.high)}]` : t('shell:number.tooFew')}
        </Text>
      )}
      <Text span size="xs" c="dimmed" className="number">
        {parts.filter((part) => part !== false).join(', ')}
      </Text>
    </Stack>
  );
}

function Dimmed({ children }: { children: string }) {
  return (
    <Text span size="sm" c="dimmed" fs="italic" style={{ whiteSpace: 'nowrap' }}>
      {children}
    </Text>
  );
}

function OneLine({ children }: { children: string }) {
  return <span style={{ whiteSpace: 'nowrap' }}>{children}</span>;
}
