import { orderedPValues } from './ordered-p-values.ts';

/**
 * P-values adjusted so that rejecting those at most q keeps the expected share of false rejections at q, for independent
 * or positively dependent tests: the i-th smallest of m becomes the least of p(j) m / j over j >= i (Benjamini and
 * Hochberg 1995). In the order given.
 *
 * @throws RangeError for a p-value outside [0, 1].
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const adjusted = pValues.map(() => 1);
  let least = 1;
  for (const [before, { p, index }] of [...orderedPValues(pValues).entries()].reverse()) {
    least = Math.min(least, p * (pValues.length / (before + 1)));
    adjusted[index] = least;
  }
  return adjusted;
}
