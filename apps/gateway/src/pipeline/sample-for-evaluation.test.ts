import { describe, expect, test } from 'vitest';
import { newDecisionId } from './new-decision-id.ts';
import { isDrawn } from './sample-for-evaluation.ts';

const sampling = (share: number) => ({ share, retentionDays: 30 });
const ids = Array.from({ length: 20_000 }, () => newDecisionId(Date.parse('2026-11-20T12:00:00Z')));

describe('drawing requests for people to rate', () => {
  test('draws none of a client that did not opt in, none at a share of 0, all at 1', () => {
    expect(ids.some((id) => isDrawn(id, undefined))).toBe(false);
    expect(ids.some((id) => isDrawn(id, sampling(0)))).toBe(false);
    expect(ids.every((id) => isDrawn(id, sampling(1)))).toBe(true);
  });

  test('draws about the share asked for, and always the same', () => {
    const drawn = ids.filter((id) => isDrawn(id, sampling(0.1)));
    // Five standard deviations of a binomial.
    expect(Math.abs(drawn.length - 2_000)).toBeLessThan(5 * Math.sqrt(20_000 * 0.1 * 0.9));
    expect(drawn.every((id) => isDrawn(id, sampling(0.1)))).toBe(true);
  });

  test('keeps whom it drew when the share grows', () => {
    const drawn = ids.filter((id) => isDrawn(id, sampling(0.05)));
    expect(drawn.every((id) => isDrawn(id, sampling(0.06)))).toBe(true);
  });

  test('does not look at the bits by which the shadow is asked', () => {
    const id = 'dec_000000000000700080000000ffffffff';
    expect(isDrawn(id, sampling(0.001))).toBe(true);
    expect(isDrawn('dec_00000000000070008fffffff00000000', sampling(0.999))).toBe(false);
  });
});
