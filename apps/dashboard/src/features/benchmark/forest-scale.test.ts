import { describe, expect, it } from 'vitest';
import { forestScale } from './forest-scale.ts';

describe('the scale of a forest plot', () => {
  it('holds every value and what they are compared with, between round ticks', () => {
    const scale = forestScale([-0.27, -0.12], 0);
    expect(scale.ticks).toEqual([-0.3, -0.2, -0.1, 0]);
    expect(scale.place(-0.3)).toBe(0);
    expect(scale.place(0)).toBe(1);
    expect(scale.place(-0.15)).toBeCloseTo(0.5, 10);
  });
  it('has at most a handful of ticks, however far the values lie apart', () => {
    for (const most of [0.004, 0.3, 1, 7, 400]) {
      const { ticks, place } = forestScale([most], 0);
      expect(ticks.length).toBeLessThanOrEqual(7);
      expect(place(most)).toBeGreaterThan(0);
      expect(place(most)).toBeLessThanOrEqual(1);
    }
  });
  it('stands where there is nothing to draw', () => {
    const { low, high } = forestScale([], 0);
    expect(high).toBeGreaterThan(low);
  });
});
