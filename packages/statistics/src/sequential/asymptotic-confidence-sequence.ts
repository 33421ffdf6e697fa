import { checkPositive } from '../check-values.ts';
import { checkConfidence, DEFAULT_CONFIDENCE, type Interval, tooFew } from '../interval.ts';
import { NO_MOMENTS, runningVariance, updateMoments } from '../running-moments.ts';

export type AsymptoticSequenceOptions = {
  confidence?: number | undefined;
  /** The number of values at which the interval is to be tightest; 100 when absent. Set before looking. */
  tightestAt?: number | undefined;
  /** Fewest values that get an interval; 30 when absent: before, the variance is not known well enough. */
  fewest?: number | undefined;
};

/**
 * An interval for the mean of independent values of any range, that may be looked at after every value: with probability
 * about `confidence`, the nearer the later the first look, the intervals of all times cover the mean.
 *
 * mean +- s sqrt((2 (t r + 1) / (t^2 r)) ln(sqrt(t r + 1) / (1 - confidence))) after t values with standard deviation s,
 * r = (-2 ln a + ln(-2 ln a) + 1) / tightestAt for a = 1 - confidence (Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas,
 * "Time-uniform central limit theory and asymptotic confidence sequences", 2024). For values of a known range
 * `confidenceSequence` needs no approximation.
 *
 * @throws RangeError for values not finite, a confidence outside (0, 1), tightestAt not above 0.
 */
export function asymptoticConfidenceSequence(
  values: readonly number[],
  options: AsymptoticSequenceOptions = {},
): Interval {
  const { confidence = DEFAULT_CONFIDENCE, tightestAt = 100, fewest = 30 } = options;
  checkConfidence(confidence);
  checkPositive('The number of values to be tightest at', tightestAt);
  const moments = values.reduce(updateMoments, NO_MOMENTS);
  const { n, mean: estimate } = moments;
  if (n < Math.max(fewest, 2)) return tooFew(n);
  const alpha = 1 - confidence;
  const twice = -2 * Math.log(alpha);
  const rate = (twice + Math.log(twice) + 1) / tightestAt;
  const grown = n * rate + 1;
  const margin = Math.sqrt(
    runningVariance(moments) * ((2 * grown) / (n * n * rate)) * Math.log(Math.sqrt(grown) / alpha),
  );
  return { estimate, low: estimate - margin, high: estimate + margin, confidence, n };
}
