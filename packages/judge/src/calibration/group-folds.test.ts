import { describe, expect, it } from 'vitest';
import { groupFolds } from './group-folds.ts';

const GROUPS = Array.from({ length: 60 }, (_, index) => `document ${index % 17}`);

describe('groupFolds', () => {
  it('never puts one group on both sides of a split', () => {
    const folds = groupFolds(GROUPS, 5, 1);
    const byGroup = Map.groupBy(folds.keys(), (index) => GROUPS[index]);
    for (const indexes of byGroup.values()) expect(new Set(indexes.map((index) => folds[index])).size).toBe(1);
  });

  it('deals groups evenly, and otherwise for another seed', () => {
    const folds = groupFolds(GROUPS, 5, 1);
    const sizes = [0, 1, 2, 3, 4].map((fold) => new Set(GROUPS.filter((_, index) => folds[index] === fold)).size);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBe(1);
    expect(groupFolds(GROUPS, 5, 2)).not.toEqual(folds);
    expect(groupFolds(GROUPS, 5, 1)).toEqual(folds);
  });
});
