import { checkPairs } from '../check-values.ts';
import { type Label, positionsOf } from './label.ts';

export type KappaOptions<T extends Label> = {
  /** How much a disagreement by d categories counts: 1 (`none`, the default), d (`linear`) or d squared (`quadratic`). */
  weights?: 'none' | 'linear' | 'quadratic' | undefined;
  /** In their order, for the weights; the labels that occur when absent, ascending. Name them when one may not occur. */
  categories?: readonly T[] | undefined;
};

/**
 * Cohen's kappa between two raters of the same items, chance-corrected agreement in [-1, 1]: 1 - observed / expected
 * disagreement, expected from each rater's own shares (Cohen 1960; weighted 1968).
 *
 * Undefined without items, and when both raters always give the same single category, where chance explains everything.
 *
 * @throws RangeError when the lengths differ, a label is not among the categories or no finite number, or texts are
 * weighted without saying in which order.
 */
export function cohenKappa<T extends Label>(
  a: readonly T[],
  b: readonly T[],
  options: KappaOptions<T> = {},
): number | undefined {
  checkPairs(a, b);
  const { weights = 'none' } = options;
  const positions = positionsOf(options.categories ?? occurring(a, b, weights !== 'none'));
  const [rowsOfA, rowsOfB] = [a, b].map((labels) => labels.map((label) => positionOf(label, positions)));
  if (rowsOfA === undefined || rowsOfB === undefined) return undefined;
  const weigh = WEIGHTS[weights];
  const observed = rowsOfA.reduce((sum, row, item) => sum + weigh(row - (rowsOfB[item] ?? row)), 0);
  const [countsOfA, countsOfB] = [countsOf(rowsOfA, positions.size), countsOf(rowsOfB, positions.size)];
  let expected = 0;
  for (const [row, count] of countsOfA.entries()) {
    for (const [column, other] of countsOfB.entries()) expected += weigh(row - column) * count * other;
  }
  return expected === 0 ? undefined : 1 - (observed * a.length) / expected;
}

const WEIGHTS = {
  none: (distance: number) => (distance === 0 ? 0 : 1),
  linear: (distance: number) => Math.abs(distance),
  quadratic: (distance: number) => distance * distance,
};

function occurring<T extends Label>(a: readonly T[], b: readonly T[], isOrdered: boolean): T[] {
  const labels = [...new Set([...a, ...b])];
  if (isOrdered && labels.some((label) => typeof label === 'string'))
    throw new RangeError('Weights need `categories` in their order when labels are texts');
  return labels.sort((left, right) => (left < right ? -1 : 1));
}

function positionOf<T extends Label>(label: T, positions: Map<T, number>): number {
  const position = positions.get(label);
  if (position === undefined) throw new RangeError(`Label ${label} is not among the categories`);
  return position;
}

function countsOf(positions: readonly number[], size: number): number[] {
  const counts = Array.from({ length: size }, () => 0);
  for (const position of positions) counts[position] = (counts[position] ?? 0) + 1;
  return counts;
}
