import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import type { PlanePoint } from '@pointsman/contracts';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable, Estimate, Pager, type Sort, sortRows } from '../../components/index.ts';
import { useFormat } from '../../format/use-format.ts';
import { usePriceText } from './price-text.tsx';
import { ROWS_PER_PAGE } from './queries.ts';
import { StandingMark } from './standing-mark.tsx';

type Props = {
  points: readonly PlanePoint[];
  chosen: string | undefined;
  onChoose(model: string): void;
  sort: Sort;
  page: number;
  onPage(page: number): void;
};

const VALUES: Readonly<Record<string, (point: PlanePoint) => string | number | undefined>> = {
  model: ({ name }) => name,
  cost: ({ costNanoUsd }) => costNanoUsd,
  quality: ({ quality }) => quality.value,
  count: ({ quality }) => quality.count,
  input: ({ price }) => price?.inputMicroUsdPerMtok,
  output: ({ price }) => price?.outputMicroUsdPerMtok,
};

/** The points as a table; a model's name opens what is known of it. */
export function PlaneTable({ points, chosen, onChoose, sort, page, onPage }: Props) {
  const { t } = useTranslation('models');
  const sorted = sortRows(points, sort.value, (point, key) => VALUES[key]?.(point));
  const columns = usePlaneColumns({ chosen, onChoose });
  return (
    <DataTable
      caption={t('plane.table')}
      columns={columns}
      rows={sorted.slice((page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE)}
      rowKey={({ model }) => model}
      sort={sort}
      footer={
        points.length > ROWS_PER_PAGE && (
          <Pager page={page} hasNext={page * ROWS_PER_PAGE < points.length} total={points.length} onPage={onPage} />
        )
      }
    />
  );
}

function usePlaneColumns({ chosen, onChoose }: Pick<Props, 'chosen' | 'onChoose'>): Column<PlanePoint>[] {
  const { t } = useTranslation('models');
  const format = useFormat();
  const priceText = usePriceText();
  const price = (side: 'input' | 'output'): Column<PlanePoint> => ({
    key: side,
    header: t(`column.${side}`),
    align: 'right',
    sortable: true,
    cell: (point) => <span className="number">{priceText(point.price, side)}</span>,
  });
  return [
    {
      key: 'model',
      header: t('column.model'),
      sortable: true,
      cell: (point) => <NameCell point={point} isChosen={point.model === chosen} onChoose={onChoose} />,
    },
    {
      key: 'quality',
      header: t('column.quality'),
      sortable: true,
      cell: ({ quality, standing }) => (
        <Stack gap={0}>
          <span>
            <Estimate {...quality} estimated={standing !== 'measured'} as={format.score} />
          </span>
          <StandingMark standing={standing} />
        </Stack>
      ),
    },
    {
      key: 'cost',
      header: t('column.cost'),
      align: 'right',
      sortable: true,
      cell: ({ costNanoUsd, costEstimated }) => (
        <span className={costEstimated ? 'number estimate' : 'number'}>
          {costNanoUsd === undefined
            ? t('shell:number.unknown')
            : `${costEstimated ? '≈ ' : ''}${format.money(costNanoUsd)}`}
        </span>
      ),
    },
    {
      key: 'count',
      header: t('column.count'),
      align: 'right',
      sortable: true,
      cell: ({ quality }) => format.count(quality.count),
    },
    price('input'),
    price('output'),
  ];
}

type NameProps = { point: PlanePoint; isChosen: boolean; onChoose(model: string): void };

function NameCell({ point: { model, name, onFront, allowed }, isChosen, onChoose }: NameProps) {
  const { t } = useTranslation('models');
  return (
    <Stack gap={2} miw={170}>
      <Anchor
        component="button"
        type="button"
        size="sm"
        ta="left"
        aria-pressed={isChosen}
        onClick={() => onChoose(model)}
      >
        {name}
      </Anchor>
      <Group gap={6}>
        <Text span size="xs" c="dimmed">
          {model}
        </Text>
        {onFront && (
          <Badge size="xs" variant="outline" c="var(--mantine-color-text)" tt="none">
            {t('front')}
          </Badge>
        )}
        {allowed === false && (
          <Badge size="xs" variant="default" tt="none">
            {t('notAllowed')}
          </Badge>
        )}
      </Group>
    </Stack>
  );
}
