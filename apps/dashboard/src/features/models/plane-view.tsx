import { Stack, Switch, Text } from '@mantine/core';
import type { ModelPlane, PlanePoint } from '@pointsman/contracts';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { type Cell, ChartCard, Definition, QueryState, useFilters } from '../../components/index.ts';
import { FIRST_PAGE, FilterBar, type ModelsFilters } from './filter-bar.tsx';
import { MixCard } from './mix-card.tsx';
import { OriginLine } from './origin-line.tsx';
import { PlaneTable } from './plane-table.tsx';
import { PointDetails } from './point-details.tsx';
import { type ModelsQuery, usePlane } from './queries.ts';

const PlaneChart = lazy(async () => ({ default: (await import('./plane-chart.tsx')).PlaneChart }));

type Props = { query: ModelsQuery; filters: ModelsFilters; onFilter(change: Partial<ModelsFilters>): void };

/** Cost against quality: one point for each model, the front, and where the policy sits. */
export function PlaneView({ query, filters, onFilter }: Props) {
  const plane = usePlane(query);
  const { t } = useTranslation('models');
  return (
    <Stack gap="md">
      <FilterBar
        filters={filters}
        onChange={(change) => onFilter({ ...change, ...FIRST_PAGE })}
        series={plane.data?.benchmark}
        ofClient={query.client !== undefined}
      />
      <QueryState
        query={plane}
        height={480}
        isEmpty={({ points }) => points.length === 0}
        empty={t(query.source === 'benchmark' && query.domain && query.task ? 'empty.both' : `empty.${query.source}`)}
      >
        {(data) => <Plane plane={data} />}
      </QueryState>
    </Stack>
  );
}

const CSV_HEADER = [
  'model',
  'provider',
  'cost_nano_usd',
  'cost_is_estimated',
  'quality',
  'quality_low',
  'quality_high',
  'count',
  'standing',
  'on_front',
  'allowed',
  'input_micro_usd_per_mtok',
  'output_micro_usd_per_mtok',
];

const csvRow = ({ model, provider, costNanoUsd, costEstimated, quality, ...point }: PlanePoint): Cell[] => [
  model,
  provider,
  costNanoUsd,
  costNanoUsd === undefined ? undefined : costEstimated,
  quality.value,
  quality.interval?.low,
  quality.interval?.high,
  quality.count,
  point.standing,
  point.onFront,
  point.allowed,
  point.price?.inputMicroUsdPerMtok,
  point.price?.outputMicroUsdPerMtok,
];

/** More bars than this hide the points: those of the front are enough until somebody asks for all. */
const MOST_BARS = 30;

function Plane({ plane }: { plane: ModelPlane }) {
  const { t } = useTranslation('models');
  const [{ model, order, bars, page }, setFilters] = useFilters({
    model: undefined as string | undefined,
    order: '-quality',
    bars: false,
    page: 1,
  });
  const chosen = plane.points.find((point) => point.model === model);
  const few = plane.points.length <= MOST_BARS;
  const choose = (id: string) => setFilters({ model: id === model ? undefined : id, page });
  const table = (
    <PlaneTable
      points={plane.points}
      chosen={model}
      onChoose={choose}
      sort={{ value: order, onChange: (next) => setFilters({ order: next }) }}
      page={page}
      onPage={(next) => setFilters({ page: next })}
    />
  );
  return (
    <>
      <OriginLine origin={plane} />
      <MixCard plane={plane} />
      <ChartCard
        title={t('plane.title')}
        name="pointsman-models"
        height={420}
        definition={<Definition term={t('plane.title')}>{t('definition.plane')}</Definition>}
        csv={{ header: CSV_HEADER, rows: plane.points.map(csvRow) }}
        table={table}
        chart={
          <Stack gap="sm">
            {!few && (
              <Switch
                size="xs"
                label={t('plane.bars')}
                checked={bars}
                onChange={(event) => setFilters({ bars: event.currentTarget.checked, page })}
              />
            )}
            <PlaneChart plane={plane} chosen={model} allBars={few || bars} onChoose={choose} />
            {chosen && <PointDetails point={chosen} source={plane.source} onClose={() => choose(chosen.model)} />}
            {plane.unmeasured > 0 && (
              <Text size="sm" c="dimmed">
                {t('plane.unmeasured', { count: plane.unmeasured })}
              </Text>
            )}
            {table}
          </Stack>
        }
      />
    </>
  );
}
