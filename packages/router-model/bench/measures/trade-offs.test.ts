import { describe, expect, it } from 'vitest';
import { fixedPicks, pick, picksAt, tradeOffs } from './trade-offs.ts';

describe('pick', () => {
  it('takes the best model when money is worth nothing, the cheapest when it is worth everything', () => {
    expect(pick([0.2, 0.9, 0.8], [1, 5, 2], 0)).toBe(1);
    expect(pick([0.2, 0.9, 0.8], [1, 5, 2], 100)).toBe(0);
    // 0.9 - 0.5 against 0.8 - 0.2.
    expect(pick([0.2, 0.9, 0.8], [1, 5, 2], 0.1)).toBe(2);
  });

  it('takes the cheaper of equals', () => {
    expect(pick([0.5, 0.5], [2, 1], 0)).toBe(1);
  });
});

describe('picksAt', () => {
  it('goes from quality alone to cost alone', () => {
    const { settings, data } = picksAt(tradeOffs(5), [[0.2, 0.9]], [[1, 5]]);
    expect(data[0]).toBe(1);
    expect(data[settings - 1]).toBe(0);
  });
});

describe('fixedPicks', () => {
  it('has one setting per model', () => {
    expect(fixedPicks(2, 3)).toEqual({ settings: 3, data: Uint8Array.of(0, 1, 2, 0, 1, 2) });
  });
});
