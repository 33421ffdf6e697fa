import { describe, expect, it } from 'vitest';
import { logAxis } from './log-axis.ts';

describe('a logarithmic axis', () => {
  it('runs from the power of ten below the least value to the one above the most', () => {
    const { low, high, ticks } = logAxis([3_000, 40_000_000]);
    expect([low, high]).toEqual([1_000, 100_000_000]);
    expect(ticks).toEqual([1e3, 1e4, 1e5, 1e6, 1e7, 1e8]);
  });

  it('has ticks between the powers of ten where there are few', () => {
    expect(logAxis([20, 90]).ticks).toEqual([10, 20, 50, 100]);
  });

  it('puts what is free at the left edge, a decade below the least price', () => {
    const { low, place } = logAxis([0, 200]);
    expect(low).toBe(10);
    expect(place(0)).toBe(10);
    expect(place(200)).toBe(200);
  });

  it('stands where there is nothing, or one value', () => {
    expect(logAxis([]).high).toBeGreaterThan(logAxis([]).low);
    expect(logAxis([100]).high).toBe(1000);
  });
});
