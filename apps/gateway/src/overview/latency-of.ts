import type { Figure, OverviewLatency } from '@pointsman/contracts';
import { type LatencyHistogram, type LatencyRow, latencyQuantile, type RollupSums } from '@pointsman/db';
import { normalQuantile } from '@pointsman/statistics';
import { FEWEST } from './figures-of.ts';

const Z = normalQuantile(0.975);
const US_PER_MS = 1000;

/** Mean and quantiles of latency; `histogram` undefined where nothing was answered. */
export function latencyOf(sums: RollupSums, histogram: LatencyRow | undefined): OverviewLatency {
  const replies = histogram?.replies ?? [];
  const firstTokens = histogram?.firstTokens ?? [];
  return {
    mean: meanMs(sums.latencySumUs, sums.latencyCount),
    p50: quantileOf(replies, 0.5),
    p95: quantileOf(replies, 0.95),
    firstTokenMean: meanMs(sums.firstTokenSumUs, sums.firstTokenCount),
    firstTokenP50: quantileOf(firstTokens, 0.5),
    firstTokenP95: quantileOf(firstTokens, 0.95),
  };
}

/** Undefined when nothing was counted. */
export const meanMs = (sumUs: number, count: number): number | undefined =>
  count === 0 ? undefined : sumUs / count / US_PER_MS;

/** A quantile with the interval between the order statistics whose ranks are two binomial standard errors away. */
export function quantileOf(histogram: LatencyHistogram, p: number): Figure {
  const count = histogram.reduce((sum, bucket) => sum + bucket.count, 0);
  const value = latencyQuantile(histogram, p);
  if (value === undefined || count < FEWEST) return { value, count };
  const margin = Z * Math.sqrt((p * (1 - p)) / count);
  const low = latencyQuantile(histogram, Math.max(0, p - margin));
  const high = latencyQuantile(histogram, Math.min(1, p + margin));
  return low === undefined || high === undefined ? { value, count } : { value, interval: { low, high }, count };
}
