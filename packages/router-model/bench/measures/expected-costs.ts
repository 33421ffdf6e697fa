import type { PoolRow } from '../data/pool.ts';

/** A request is never expected to cost less than this share of the model's mean. */
const LEAST_SHARE = 0.1;

/**
 * What each model is expected to cost on a request: a line in the prompt's characters, fitted by least squares and blind
 * to everything else. The same for every method, so that only their estimates of quality are compared.
 */
export function fitCosts(train: readonly PoolRow[], models: number): (row: PoolRow) => Float64Array {
  const lengths = train.map(({ row }) => row.prompt.characters);
  const centre = lengths.reduce((a, b) => a + b, 0) / train.length;
  const variation = lengths.reduce((sum, length) => sum + (length - centre) ** 2, 0) || 1;
  const lines = Array.from({ length: models }, (_, m) => {
    let mean = 0;
    let covariation = 0;
    train.forEach(({ costUsd }, n) => {
      mean += (costUsd[m] ?? 0) / train.length;
      covariation += ((lengths[n] ?? 0) - centre) * (costUsd[m] ?? 0);
    });
    return { mean, slope: Math.max(0, covariation / variation) };
  });
  return ({ row }) =>
    Float64Array.from(lines, ({ mean, slope }) =>
      Math.max(LEAST_SHARE * mean, mean + slope * (row.prompt.characters - centre)),
    );
}

/** Mean cost of each model over some rows. */
export function meanCost(rows: readonly PoolRow[]): Float64Array {
  const mean = new Float64Array(rows[0]?.costUsd.length ?? 0);
  for (const { costUsd } of rows)
    costUsd.forEach((value, m) => {
      mean[m] = (mean[m] ?? 0) + value / rows.length;
    });
  return mean;
}

/** Mean cost of the dearest model over some rows. */
export const dearestCost = (rows: readonly PoolRow[]): number => Math.max(...meanCost(rows));
