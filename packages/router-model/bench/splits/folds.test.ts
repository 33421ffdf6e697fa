import { describe, expect, it } from 'vitest';
import type { Pool } from '../data/pool.ts';
import { poolRow } from '../test-rows.ts';
import { domainFolds, type Fold, groupFolds, sourceFolds, tuningSplit } from './folds.ts';

const POOL: Pool = {
  name: 'made up',
  models: ['only'],
  rows: Array.from({ length: 300 }, (_, n) =>
    poolRow({
      quality: [1],
      costUsd: [1],
      group: Math.imul(Math.floor(n / 2), 2_654_435_761),
      source: n % 8 < 2 ? 'one' : 'two',
      domain: `domain ${Math.floor(n / 2) % 10}`,
    }),
  ),
};

const overlap = ({ train, test }: Fold): number => {
  const groups = new Set(train.map(({ group }) => group));
  return test.filter(({ group }) => groups.has(group)).length;
};

describe('folds', () => {
  it.each([
    ['by group', groupFolds(POOL, 5, 1)],
    ['by domain', domainFolds(POOL, 4)],
    ['by source', sourceFolds(POOL)],
  ])('test every row once and keep near-duplicates on one side: %s', (_, folds) => {
    expect(folds.reduce((sum, { test }) => sum + test.length, 0)).toBe(POOL.rows.length);
    expect(folds.map(overlap)).toEqual(folds.map(() => 0));
  });

  it('leave out small domains together, no more folds than allowed', () => {
    const folds = domainFolds(POOL, 4);
    expect(folds).toHaveLength(4);
    for (const { train, test } of folds) {
      const tested = new Set(test.map(({ row }) => row.domain));
      expect(train.some(({ row }) => tested.has(row.domain))).toBe(false);
    }
  });

  it('set trade-offs on about a quarter of the rows, near-duplicates together', () => {
    const { fit, tune } = tuningSplit(POOL.rows, 3);
    expect(fit.length + tune.length).toBe(POOL.rows.length);
    expect(tune.length).toBeGreaterThan(40);
    expect(tune.length).toBeLessThan(110);
    expect(overlap({ name: '', train: fit, test: tune })).toBe(0);
  });
});
