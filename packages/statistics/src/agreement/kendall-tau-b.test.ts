import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kendallTauB } from './kendall-tau-b.ts';

describe('kendallTauB', () => {
  it('agrees with SciPy 1.17 on tied values', () => {
    expect(kendallTauB([12, 2, 1, 12, 2, 5, 5, 5, 9], [1, 4, 7, 1, 0, 5, 5, 2, 2])).toBeCloseTo(
      -0.4377137796365057,
      14,
    );
  });

  it('counts concordant and discordant pairs as its definition does', () => {
    const point = fc.tuple(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }));
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 40 }), (points) => {
        let [surplus, variedX, variedY] = [0, 0, 0];
        for (const [x, y] of points) {
          for (const [otherX, otherY] of points) {
            surplus += Math.sign(x - otherX) * Math.sign(y - otherY);
            variedX += Math.abs(Math.sign(x - otherX));
            variedY += Math.abs(Math.sign(y - otherY));
          }
        }
        const actual = kendallTauB(
          points.map(([x]) => x),
          points.map(([, y]) => y),
        );
        if (variedX === 0 || variedY === 0) expect(actual).toBeUndefined();
        else expect(actual).toBeCloseTo(surplus / Math.sqrt(variedX * variedY), 12);
      }),
    );
  });

  it('takes a hundred thousand pairs in under a second', () => {
    const x = Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 100_003);
    const start = performance.now();
    expect(
      kendallTauB(
        x,
        x.map((value) => -value),
      ),
    ).toBe(-1);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('does not exist where one side does not vary and refuses what is no pair of numbers', () => {
    expect(kendallTauB([1, 1, 1], [1, 2, 3])).toBeUndefined();
    expect(kendallTauB([1], [2])).toBeUndefined();
    expect(() => kendallTauB([1, 2], [1])).toThrow(RangeError);
    expect(() => kendallTauB([1, Number.NaN], [1, 2])).toThrow(RangeError);
  });
});
