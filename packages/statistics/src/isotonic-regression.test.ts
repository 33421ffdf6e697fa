import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isotonicRegression, isotonicValue } from './index.ts';

const points = fc.array(
  fc.record({
    x: fc.integer({ min: 0, max: 9 }),
    y: fc.integer({ min: -9, max: 9 }),
    weight: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 25 },
);

describe('isotonicRegression', () => {
  it('pools adjacent violators', () => {
    const fit = isotonicRegression([1, 3, 2, 4, 3.5, 6].map((y, x) => ({ x, y })));
    expect(fit).toEqual([
      { x: 0, y: 1 },
      { x: 1, y: 2.5 },
      { x: 2, y: 2.5 },
      { x: 3, y: 3.75 },
      { x: 4, y: 3.75 },
      { x: 5, y: 6 },
    ]);
  });

  it('is linear between corner points and constant beyond them', () => {
    const fit = isotonicRegression([
      { x: 0, y: 1 },
      { x: 2, y: 3 },
    ]);
    expect([-1, 0, 1, 2, 3].map((x) => isotonicValue(fit, x))).toEqual([1, 1, 2, 3, 3]);
    expect(isotonicValue([], 1)).toBeUndefined();
  });

  it('never falls, keeps the weighted mean and gains nothing from being fitted again', () => {
    fc.assert(
      fc.property(points, (list) => {
        const fit = isotonicRegression(list);
        const fitted = list.map((point) => ({ ...point, y: isotonicValue(fit, point.x) ?? Number.NaN }));
        for (const [index, corner] of fit.entries())
          expect(corner.y).toBeGreaterThanOrEqual((fit[index - 1] ?? corner).y);
        const total = (items: typeof list) => items.reduce((sum, { y, weight }) => sum + y * weight, 0);
        expect(total(fitted)).toBeCloseTo(total(list), 6);
        const again = isotonicRegression(fitted);
        for (const { x, y } of fitted) expect(isotonicValue(again, x)).toBeCloseTo(y, 9);
      }),
    );
  });

  it('is closer to the points than any other non-decreasing function tried', () => {
    const candidate = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(points, candidate, (list, values) => {
        const rising = values.toSorted((a, b) => a - b);
        const fit = isotonicRegression(list);
        const loss = (at: (x: number) => number) =>
          list.reduce((sum, { x, y, weight }) => sum + weight * (at(x) - y) ** 2, 0);
        expect(loss((x) => isotonicValue(fit, x) ?? Number.NaN)).toBeLessThanOrEqual(
          loss((x) => rising[x] ?? Number.NaN) + 1e-9,
        );
      }),
    );
  });

  it('refuses a weight of zero and a value that is no number', () => {
    expect(() => isotonicRegression([{ x: 0, y: 1, weight: 0 }])).toThrow(RangeError);
    expect(() => isotonicRegression([{ x: 0, y: Number.NaN }])).toThrow(RangeError);
  });
});
