import { describe, expect, it } from 'vitest';
import type { HeldOutFold } from '../splits/hold-out.ts';
import { poolRow } from '../test-rows.ts';
import { measureMinusShuffle } from './minus-shuffle.ts';

/** Half of the requests need the second model. */
const ROWS = Array.from({ length: 60 }, (_, n) =>
  poolRow({ quality: n % 2 === 0 ? [1, 0] : [0, 1], costUsd: [1, 3], group: n }),
);

function foldPicking(pickOf: (row: number) => number): HeldOutFold {
  const picks = { settings: 1, data: Uint8Array.from(ROWS, (_, r) => pickOf(r)) };
  const method = { quality: [], picks, fixed: [{ low: 0, high: 0, share: 1 }] };
  return { name: 'all', rows: ROWS, strongest: 1, cheapest: 0, ours: [], methods: new Map([['router', method]]) };
}

const measure = (fold: HeldOutFold) =>
  measureMinusShuffle([fold], { method: 'router', target: 0 }, { resamples: 100, seed: 1 });

describe('measureMinusShuffle', () => {
  it('is clearly above zero for choices that fit their requests', () => {
    const { quality } = measure(foldPicking((r) => r % 2));
    expect(quality.low).toBeGreaterThan(0.2);
  });

  it('is about zero for choices that have nothing to do with their requests', () => {
    const { quality, costUsd } = measure(foldPicking((r) => Math.floor(r / 2) % 2));
    expect(quality.low).toBeLessThan(0);
    expect(quality.high).toBeGreaterThan(0);
    expect(costUsd.low).toBeLessThan(0);
  });

  it('is exactly zero for one and the same choice', () => {
    expect(measure(foldPicking(() => 1)).quality).toEqual({ value: 0, low: 0, high: 0 });
  });
});
