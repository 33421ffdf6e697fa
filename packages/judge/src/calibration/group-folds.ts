import { seededRandom } from '@pointsman/statistics';

/** For each row its fold, 0 to `folds` - 1: whole groups together, folds of equal numbers of groups, drawn by the seed. */
export function groupFolds(groups: readonly string[], folds: number, seed: number | string): number[] {
  const random = seededRandom(seed);
  const drawn = [...new Set(groups)]
    .map((group) => ({ group, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ group }, index) => [group, index % folds] as const);
  const foldOf = new Map(drawn);
  return groups.map((group) => foldOf.get(group) ?? 0);
}
