import { addSums, type RollupRow, type RollupSums } from '@pointsman/db';
import { figuresOf } from '../overview/figures-of.ts';
import type { Scorecard, Slice, StandingOf } from './scorecard.ts';

/**
 * Mean cost of the requests that went to a model and whose cost is known; replies from the cache went to none. Undefined
 * where there is no such request.
 */
export function meanCostOf(sums: RollupSums): ReturnType<Scorecard['cost']> {
  const known = sums.answered + sums.abandoned + sums.failed - sums.unknownCostCount;
  if (known <= 0) return undefined;
  return { nanoUsd: Math.round(sums.costNanoUsd / known), isEstimated: sums.estimatedCostCount > 0 };
}

/**
 * What was paid and expected in real requests. `rows` are sums by model, and by domain or task too where slices of them are
 * asked for. Roll-ups keep overall scores only: single dimensions are not measured.
 */
export function trafficScorecard(rows: readonly RollupRow[], standingOf: StandingOf): Scorecard {
  const byModel = Map.groupBy(rows, ({ key }) => key.model ?? '');
  // Refused and failed before a model was chosen.
  byModel.delete('');
  const sumsOf = (model: string, slice: Slice): RollupSums =>
    addSums((byModel.get(model) ?? []).filter(({ key }) => isWithin(key, slice)));
  return {
    origin: {},
    models: [...byModel.keys()],
    score(model, slice, metric) {
      if (metric !== 'overall') return undefined;
      const { quality } = figuresOf(sumsOf(model, slice));
      return quality.count === 0 ? undefined : { ...quality, standing: standingOf(model) };
    },
    cost: (model, slice) => meanCostOf(sumsOf(model, slice)),
    requests: (model) => (byModel.has(model) ? sumsOf(model, {}).requests : undefined),
  };
}

/** What was not grouped by was already chosen when it was read. */
function isWithin(key: RollupRow['key'], { domain, task }: Slice): boolean {
  return (
    (domain === undefined || key.domain === undefined || key.domain === domain) &&
    (task === undefined || key.task === undefined || key.task === task)
  );
}
