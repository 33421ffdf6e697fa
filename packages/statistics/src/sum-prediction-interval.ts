import { studentTQuantile } from './distributions/student-t-quantile.ts';
import { checkConfidence, DEFAULT_CONFIDENCE, type Interval, tooFew } from './interval.ts';
import { mean, variance } from './mean.ts';

/**
 * Predicts the sum of `horizon` further values of the series that `values` come from, as if all were independent and normal:
 * horizon * mean ± t * s * sqrt(horizon + horizon² / n) (Hahn & Meeker, Statistical Intervals, 4.8). Too few below two.
 *
 * `horizon` is 0 or more; a fraction stands for part of a value.
 *
 * @throws RangeError when `confidence` is not in (0, 1) or `horizon` is negative.
 */
export function sumPredictionInterval(
  values: readonly number[],
  horizon: number,
  confidence: number = DEFAULT_CONFIDENCE,
): Interval {
  checkConfidence(confidence);
  if (!(horizon >= 0)) throw new RangeError(`A horizon is 0 or more, got ${horizon}`);
  const n = values.length;
  if (n < 2) return tooFew(n);
  const estimate = horizon * mean(values);
  const spread = Math.sqrt(variance(values) * (horizon + horizon ** 2 / n));
  const margin = studentTQuantile((1 + confidence) / 2, n - 1) * spread;
  return { estimate, low: estimate - margin, high: estimate + margin, confidence, n };
}
