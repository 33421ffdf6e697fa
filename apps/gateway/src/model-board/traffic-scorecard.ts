import type { ModelSums, RollupSums } from '@pointsman/db';
import { qualityOf } from '../overview/figures-of.ts';
import type { Scorecard, Slice, StandingOf } from './scorecard.ts';

type CostSums = Pick<ModelSums, 'costNanoUsd' | 'knownCostCount' | 'estimatedCostCount'>;

/** Mean cost of the requests that went to a model and whose cost is known; undefined where there is none. */
export function meanCostOf({
  costNanoUsd,
  knownCostCount,
  estimatedCostCount,
}: CostSums): ReturnType<Scorecard['cost']> {
  if (knownCostCount <= 0) return undefined;
  return { nanoUsd: Math.round(costNanoUsd / knownCostCount), isEstimated: estimatedCostCount > 0 };
}

/** As `ModelSums` counts them. */
export const knownCostCountOf = ({ answered, failed, abandoned, unknownCostCount }: RollupSums): number =>
  answered + failed + abandoned - unknownCostCount;

/**
 * What was paid and expected in real requests. `rows` are sums by model, and by domain or task too where slices of them are
 * asked for. Roll-ups keep overall scores only: single dimensions are not measured.
 */
export function trafficScorecard(rows: readonly ModelSums[], standingOf: StandingOf): Scorecard {
  const byModel = Map.groupBy(rows, ({ model }) => model);
  // Refused and failed before a model was chosen.
  byModel.delete('');
  const sumOf = (model: string, slice: Slice, name: Summed): number =>
    (byModel.get(model) ?? []).reduce((sum, row) => (isWithin(row, slice) ? sum + row[name] : sum), 0);
  return {
    origin: {},
    models: [...byModel.keys()],
    score(model, slice, metric) {
      if (metric !== 'overall') return undefined;
      const quality = qualityOf({
        qualityCount: sumOf(model, slice, 'qualityCount'),
        qualitySumPpm: sumOf(model, slice, 'qualitySumPpm'),
        qualityVarianceSumPpm: sumOf(model, slice, 'qualityVarianceSumPpm'),
      });
      return quality.count === 0 ? undefined : { ...quality, standing: standingOf(model) };
    },
    cost: (model, slice) =>
      meanCostOf({
        costNanoUsd: sumOf(model, slice, 'costNanoUsd'),
        knownCostCount: sumOf(model, slice, 'knownCostCount'),
        estimatedCostCount: sumOf(model, slice, 'estimatedCostCount'),
      }),
    requests: (model) => (byModel.has(model) ? sumOf(model, {}, 'requests') : undefined),
  };
}

type Summed = Exclude<keyof ModelSums, 'model' | 'domain' | 'task'>;

/** What was not told apart was already chosen when it was read. */
function isWithin(row: ModelSums, { domain, task }: Slice): boolean {
  return (
    (domain === undefined || row.domain === undefined || row.domain === domain) &&
    (task === undefined || row.task === undefined || row.task === task)
  );
}
