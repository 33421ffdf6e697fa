import { describe, expect, it } from 'vitest';
import { placeOn, plotScale, symmetricScale } from './plot-scale.ts';

describe('the scale of a drawing', () => {
  it('ends on round ticks around the values', () => {
    expect(plotScale([0.783, 0.811]).ticks.map((tick) => tick.toFixed(3))).toEqual([
      '0.780',
      '0.790',
      '0.800',
      '0.810',
      '0.820',
    ]);
  });

  it.each([[[0.5]], [[0, 0]], [[-3, 4]], [[1e-9, 2e-9]], [[120_000, 4_100_000]]])(
    'holds every value of %j within at most seven rising ticks',
    (values) => {
      const { low, high, ticks } = plotScale(values);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(low - 1e-9);
      expect(Math.max(...values)).toBeLessThanOrEqual(high + 1e-9);
      expect(ticks.length).toBeLessThanOrEqual(7);
      expect(ticks.every((tick, index) => index === 0 || tick > (ticks[index - 1] ?? tick))).toBe(true);
    },
  );

  it.each([
    [
      [-0.096, 0.036],
      [-0.1, -0.05, 0, 0.05, 0.1],
    ],
    [[-0.134], [-0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15]],
    [
      [0.518, -0.04],
      [-0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6],
    ],
  ])('has 0 in the middle for differences such as %j', (values, ticks) => {
    const scale = symmetricScale(values);
    expect(scale.ticks.map((tick) => Number(tick.toFixed(6)))).toEqual(ticks);
    expect([scale.low, scale.high]).toEqual([scale.ticks[0], scale.ticks.at(-1)]);
  });

  it('puts what is off the scale at its edge', () => {
    const scale = { low: -1, high: 1, ticks: [] };
    expect([-5, -1, 0, 1, 9].map((value) => placeOn(scale, value, [10, 20]))).toEqual([10, 10, 15, 20, 20]);
  });
});
