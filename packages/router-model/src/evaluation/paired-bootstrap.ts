import { at } from '../mathematics/matrix.ts';
import type { Interval } from './evaluation-table.ts';

/** Sum of differences within one request, and over how many scores. */
export type RequestDifference = { sum: number; count: number };

/**
 * Mean difference per score with its 95 % percentile interval, resampling whole requests: the scores of one request
 * share its difficulty and are not independent.
 */
export function pairedBootstrap(
  differences: readonly RequestDifference[],
  resamples: number,
  random: () => number,
): Interval {
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0;
    let count = 0;
    for (let n = 0; n < differences.length; n += 1) {
      const drawn = differences[Math.floor(random() * differences.length)];
      sum += drawn?.sum ?? 0;
      count += drawn?.count ?? 0;
    }
    return sum / Math.max(count, 1);
  }).sort();
  const total = differences.reduce((sum, difference) => sum + difference.sum, 0);
  const count = differences.reduce((sum, difference) => sum + difference.count, 0);
  return {
    value: total / Math.max(count, 1),
    low: at(means, Math.floor(0.025 * (resamples - 1))),
    high: at(means, Math.ceil(0.975 * (resamples - 1))),
  };
}
