import { studentTQuantile } from './distributions/student-t-quantile.ts';
import { checkConfidence, DEFAULT_CONFIDENCE, type Interval, tooFew } from './interval.ts';
import { mean, variance } from './mean.ts';

/**
 * Student's t interval for the mean of independent values; too few below two.
 *
 * Exact for normal values; for others it relies on the central limit theorem: prefer `bootstrapInterval` for skewed values,
 * `proportionInterval` for yes and no.
 *
 * @throws RangeError when `confidence` is not in (0, 1).
 */
export function meanInterval(values: readonly number[], confidence: number = DEFAULT_CONFIDENCE): Interval {
  checkConfidence(confidence);
  const n = values.length;
  if (n < 2) return tooFew(n);
  const estimate = mean(values);
  const margin = studentTQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(variance(values) / n);
  return { estimate, low: estimate - margin, high: estimate + margin, confidence, n };
}
