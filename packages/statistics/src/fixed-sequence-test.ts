import { checkConfidence } from './interval.ts';

/**
 * How many hypotheses are rejected, testing them in an order set beforehand, each at the full level, until the first that
 * is not: the chance of any false rejection is at most `level` however many there are and however they depend on each
 * other (Maurer, Hothorn and Lehmacher 1995; Learn-then-Test, Angelopoulos et al. 2021).
 *
 * P-values behind the first failure are not asked for: a generator need not compute them.
 *
 * @throws RangeError when `level` is not in (0, 1).
 */
export function fixedSequenceTest(pValues: Iterable<number>, level: number): number {
  checkConfidence(level);
  let rejected = 0;
  for (const pValue of pValues) {
    if (!(pValue <= level)) break;
    rejected += 1;
  }
  return rejected;
}
