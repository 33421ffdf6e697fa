/** Every order of the items; of at most 7 or so, since they grow as the factorial. */
export function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((first, index) => permutations(items.toSpliced(index, 1)).map((rest) => [first, ...rest]));
}

/** The orders that satisfy every clue. */
export const solutionsOf = <T>(items: readonly T[], clues: readonly { holds(order: readonly T[]): boolean }[]): T[][] =>
  permutations(items).filter((order) => clues.every(({ holds }) => holds(order)));
