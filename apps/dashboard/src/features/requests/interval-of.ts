import type { Interval } from '../../components/index.ts';

/** Two-sided 95 % of a normal distribution. */
const Z_95 = 1.96;

/** What 95 % of such requests would score, cut to the scale. */
export const intervalOf = ({ mean, spread }: { mean: number; spread: number }): Interval => ({
  low: Math.max(0, mean - Z_95 * spread),
  high: Math.min(1, mean + Z_95 * spread),
});
