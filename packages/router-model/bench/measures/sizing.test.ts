import { describe, expect, it } from 'vitest';
import { poolRow } from '../test-rows.ts';
import { sizingOf } from './sizing.ts';

describe('sizingOf', () => {
  it('calls a model oversized when a cheaper one scored as well, and undersized when the strongest scored more', () => {
    const row = poolRow({ quality: [0, 1, 1], costUsd: [1, 2, 6] });
    expect(sizingOf(row, 2)).toEqual([
      { oversized: 0, overTwice: 0, undersized: 1 },
      { oversized: 0, overTwice: 0, undersized: 0 },
      { oversized: 1, overTwice: 1, undersized: 0 },
    ]);
  });

  it('finds every dearer model oversized where all failed, and none undersized', () => {
    const row = poolRow({ quality: [0, 0, 0], costUsd: [1, 2, 6] });
    expect(sizingOf(row, 2)).toEqual([
      { oversized: 0, overTwice: 0, undersized: 0 },
      { oversized: 1, overTwice: 0, undersized: 0 },
      { oversized: 1, overTwice: 1, undersized: 0 },
    ]);
  });

  it('has no bar above what the strongest scored', () => {
    const row = poolRow({ quality: [0.5, 1, 0.4], costUsd: [1, 2, 6] });
    expect(sizingOf(row, 2).map(({ undersized }) => undersized)).toEqual([0, 0, 0]);
  });
});
