import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import type { EncoderShape } from '../text-encoder.ts';
import { paddedLengths, planEpoch, rowsByLength } from './plan-epoch.ts';

const shape = { merge: 4, maxTokens: 128 } as EncoderShape;
const random = seededRandom(1);
const tokens = Array.from({ length: 101 }, () => new Int32Array(1 + Math.floor(128 * random())).fill(1));
const byLength = rowsByLength(tokens.keys(), tokens, shape);

describe('planEpoch', () => {
  it('takes every prompt once, padded to no less than it needs, in full batches but one', () => {
    const batches = planEpoch(byLength, 8, seededRandom(2));
    const rows = batches.flatMap((batch) => batch.rows).sort((a, b) => a - b);
    expect(rows).toEqual([...tokens.keys()]);
    expect(batches.filter((batch) => batch.rows.length < 8)).toHaveLength(1);
    for (const { positions, rows: own } of batches)
      for (const row of own) expect(tokens[row]?.length).toBeLessThanOrEqual(positions * shape.merge);
  });

  it('is drawn from the generator alone, and differs from epoch to epoch', () => {
    expect(planEpoch(byLength, 8, seededRandom(2))).toEqual(planEpoch(byLength, 8, seededRandom(2)));
    expect(planEpoch(byLength, 8, seededRandom(3))).not.toEqual(planEpoch(byLength, 8, seededRandom(2)));
  });
});

describe('paddedLengths', () => {
  it('gives quarters of the longest, fewer where there are fewer positions', () => {
    expect(paddedLengths(shape)).toEqual([8, 16, 24, 32]);
    expect(paddedLengths({ ...shape, maxTokens: 8 })).toEqual([1, 2]);
  });
});
