import { getTableColumns } from 'drizzle-orm';
import { safeInteger } from '../safe-integer.ts';
import { decisionRollups } from './rollup-tables.ts';

const KEYS = ['facet', 'clientId', 'day', 'value', 'domain', 'task'] as const;

type Stored = Omit<typeof decisionRollups.$inferSelect, (typeof KEYS)[number]>;

/**
 * What decisions add up to. A fact that is not known of a decision is in neither the sum nor the count beside it:
 * `qualityCount`, `barCount`, `strongestCount`. Sums of scores and probabilities are in millionths (`...Ppm`).
 */
export type RollupSums = Omit<
  Stored,
  'qualitySumBp' | 'qualityVarianceSumBp2' | 'oversizedSumBp' | 'undersizedSumBp'
> & {
  qualitySumPpm: number;
  /** Sum of squared spreads, in millionths; with two decimals. */
  qualityVarianceSumPpm: number;
  oversizedSumPpm: number;
  undersizedSumPpm: number;
  requests: number;
  /** Exact and estimated together; `unknownCostCount` requests are missing from it. */
  costNanoUsd: number;
};

const columns = Object.entries(getTableColumns(decisionRollups)).filter(([name]) => !KEYS.some((key) => key === name));

/** Select list that adds up every sum, under the property's name. */
export const SUM_COLUMNS = columns
  .map(([name, column]) => `coalesce(sum(${column.name}), 0)::text as "${name}"`)
  .join(', ');

const PPM_PER_BASIS_POINT = 100;

/** The sums of a row read with `SUM_COLUMNS`. */
export function sumsOf(row: Record<string, string>): RollupSums {
  const stored = Object.fromEntries(columns.map(([name]) => [name, integerIn(name, row)])) as Stored;
  const { qualitySumBp, qualityVarianceSumBp2, oversizedSumBp, undersizedSumBp, ...sums } = stored;
  return {
    ...sums,
    qualitySumPpm: qualitySumBp * PPM_PER_BASIS_POINT,
    qualityVarianceSumPpm: qualityVarianceSumBp2 / PPM_PER_BASIS_POINT,
    oversizedSumPpm: oversizedSumBp * PPM_PER_BASIS_POINT,
    undersizedSumPpm: undersizedSumBp * PPM_PER_BASIS_POINT,
    requests: sums.answered + sums.cached + sums.refused + sums.failed + sums.abandoned,
    costNanoUsd: sums.exactCostNanoUsd + sums.estimatedCostNanoUsd,
  };
}

/** A scatter is no amount: where it is longer than a number is exact, it is rounded. */
const integerIn = (name: string, row: Record<string, string>): number =>
  name === 'strongestVarianceMicroUsd2' ? Number(row[name]) : safeInteger(row[name] ?? '');

/** The sums over all parts together. */
export function addSums(parts: readonly RollupSums[]): RollupSums {
  const total = sumsOf(Object.fromEntries(columns.map(([name]) => [name, '0'])));
  for (const part of parts) {
    for (const name of Object.keys(total) as (keyof RollupSums)[]) total[name] += part[name];
  }
  return total;
}
