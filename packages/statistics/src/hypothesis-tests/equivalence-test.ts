import { studentTCdf } from '../distributions/student-t-cdf.ts';

export type EquivalenceQuestion = {
  estimate: number;
  standardError: number;
  /** Of freedom of the standard error: for a mean of n units n - 1; Infinity for a normal estimate. */
  degrees: number;
  /** The margins between which a difference does not matter. */
  low: number;
  high: number;
};

export type EquivalenceResult = {
  /** The t statistic against the margin that is harder to exclude. */
  statistic: number;
  /** Of "the truth lies outside the margins": the larger of the two below. */
  p: number;
  /** Of "the truth is at most `low`". */
  pLow: number;
  /** Of "the truth is at least `high`": one-sided, and so the test for non-inferiority where more is worse. */
  pHigh: number;
};

/**
 * Two one-sided t tests (TOST): whether an estimate is shown to lie between two margins. Equivalent at level alpha when
 * p <= alpha, which is when the 1 - 2 alpha interval lies within the margins (Schuirmann 1987).
 *
 * On a margin p is 1/2. With a standard error of 0 it is 0 between and 1 beyond the margins, the statistic infinite.
 *
 * @throws RangeError unless numbers are finite, standardError >= 0, degrees above 0 and low < high.
 */
export function equivalenceTest({
  estimate,
  standardError,
  degrees,
  low,
  high,
}: EquivalenceQuestion): EquivalenceResult {
  if (!Number.isFinite(estimate)) throw new RangeError(`An estimate is a finite number, got ${estimate}`);
  if (!(standardError >= 0 && Number.isFinite(standardError)))
    throw new RangeError(`A standard error is at least 0, got ${standardError}`);
  if (!(low < high)) throw new RangeError(`Margins go from low to high, got ${low} to ${high}`);
  const [fromLow, fromHigh] = [
    standardised(estimate - low, standardError),
    standardised(estimate - high, standardError),
  ];
  const pLow = studentTCdf(-fromLow, degrees);
  const pHigh = studentTCdf(fromHigh, degrees);
  return { statistic: pLow > pHigh ? fromLow : fromHigh, p: Math.max(pLow, pHigh), pLow, pHigh };
}

function standardised(distance: number, standardError: number): number {
  return distance === 0 ? 0 : distance / standardError;
}
