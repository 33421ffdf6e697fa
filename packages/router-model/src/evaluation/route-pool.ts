import type { HeldOutCell } from './held-out-cell.ts';
import type { Pool } from './pool-requests.ts';

/** The model chosen for each request of a pool, by its place among the pool's models. */
export type Choices = Uint16Array;

/** What the pool's dearest model costs on average: the unit in which trade-offs are given. */
export const dearestCost = ({ models }: Pool): number => Math.max(...models.map(({ expectedCost }) => expectedCost), 1);

/**
 * Chooses for every request the model with the highest predicted score less the price of its expected cost there.
 * `tradeOff`: what the dearest model's average cost weighs, in points of score.
 */
export function chooseAt(pool: Pool, predict: (cell: HeldOutCell) => number, tradeOff: number): Choices {
  const price = tradeOff / dearestCost(pool);
  return Uint16Array.from(pool.requests, ({ cells, expectedCosts }) => {
    let best = 0;
    let bestWorth = Number.NEGATIVE_INFINITY;
    cells.forEach((cell, m) => {
      const worth = predict(cell) - price * (expectedCosts[m] ?? 0);
      if (worth > bestWorth) [best, bestWorth] = [m, worth];
    });
    return best;
  });
}

/** What each model's replies were worth and cost: per model, per request. */
export type PoolOutcomes = { quality: Float64Array[]; cost: Float64Array[] };

export function outcomesOf({ models, requests }: Pool): PoolOutcomes {
  const column = (value: (cell: HeldOutCell) => number): Float64Array[] =>
    models.map((_, m) =>
      Float64Array.from(requests, ({ cells }) => {
        const cell = cells[m];
        return cell === undefined ? 0 : value(cell);
      }),
    );
  return { quality: column((cell) => cell.outcome), cost: column((cell) => cell.costNanoUsd ?? 0) };
}

/** How much each request counts, from how much its near-duplicate group does. */
export const requestWeights = (groups: Int32Array, weights: Float64Array): Float64Array =>
  Float64Array.from(groups, (group) => weights[group] ?? 0);

/** Sum over the listed requests, all of them when absent, each as often as it counts. */
export function weightedSum(values: Float64Array, weights: Float64Array, requests?: Int32Array): number {
  let sum = 0;
  if (requests === undefined) for (let n = 0; n < values.length; n += 1) sum += (weights[n] ?? 0) * (values[n] ?? 0);
  else for (const n of requests) sum += (weights[n] ?? 0) * (values[n] ?? 0);
  return sum;
}
