import { orderedPValues } from './ordered-p-values.ts';

/**
 * P-values adjusted so that rejecting those at most alpha keeps the chance of any false rejection at alpha, however the
 * tests depend on each other: the i-th smallest of m becomes the most of p(j) (m - j + 1) over j <= i, at most 1 (Holm
 * 1979). In the order given.
 *
 * @throws RangeError for a p-value outside [0, 1].
 */
export function holm(pValues: readonly number[]): number[] {
  const adjusted = pValues.map(() => 0);
  let most = 0;
  for (const [before, { p, index }] of orderedPValues(pValues).entries()) {
    most = Math.max(most, Math.min(1, p * (pValues.length - before)));
    adjusted[index] = most;
  }
  return adjusted;
}
