import { logLoss } from '../mathematics/score-metrics.ts';
import { SERVING_MODES, type ServingMode } from '../serving/serving-mode.ts';
import type { BlockLosses } from './evaluation-table.ts';
import type { HeldOutRequest } from './held-out-cell.ts';

/** Enough for an interval of the difference of two reports, few enough to be kept in a manifest. */
const BLOCKS = 25;

/**
 * Log losses by model and block of near-duplicate groups, over all dimensions. Which block a group is in depends on its
 * text alone, so reports on the same rows can be subtracted block by block.
 */
export function sumBlockLosses(requests: readonly HeldOutRequest[]): BlockLosses[] {
  const byModel = new Map<string, BlockLosses>();
  const zeros = (): number[] => Array.from({ length: BLOCKS }, () => 0);
  for (const { group, cells } of requests) {
    const block = Math.floor(group / 1_000_003) % BLOCKS;
    for (const { model, outcome, estimates } of cells) {
      const own = byModel.get(model) ?? { model, scores: zeros(), losses: eachMode(zeros) };
      own.scores[block] = (own.scores[block] ?? 0) + 1;
      for (const mode of SERVING_MODES) {
        const sums = own.losses[mode];
        sums[block] = (sums[block] ?? 0) + logLoss(outcome, estimates[mode].mean);
      }
      byModel.set(model, own);
    }
  }
  return [...byModel.values()]
    .map((own) => ({ ...own, losses: eachMode((mode) => own.losses[mode].map(rounded)) }))
    .sort((a, b) => (a.model < b.model ? -1 : 1));
}

const eachMode = <Value>(make: (mode: ServingMode) => Value): Record<ServingMode, Value> => ({
  learned: make('learned'),
  'kind-averages': make('kind-averages'),
  blind: make('blind'),
});

/** There are thousands of these sums; a thousandth of a nat moves no comparison. */
const rounded = (sum: number): number => Math.round(sum * 1_000) / 1_000;
