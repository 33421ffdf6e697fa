import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlanePlace, paretoFront } from './pareto-front.ts';

const dominates = (a: PlanePlace, b: PlanePlace): boolean =>
  a.costNanoUsd <= b.costNanoUsd && a.quality >= b.quality && (a.costNanoUsd < b.costNanoUsd || a.quality > b.quality);

// Few distinct values, so that ties are common.
const places = fc.array(fc.record({ costNanoUsd: fc.nat(12), quality: fc.nat(12).map((tenth) => tenth / 12) }), {
  maxLength: 40,
});

describe('the Pareto front', () => {
  it('holds exactly the points that no other point dominates', () => {
    fc.assert(
      fc.property(places, (points) => {
        const front = paretoFront(points);
        for (const point of points) {
          expect(front.has(point)).toBe(!points.some((other) => dominates(other, point)));
        }
      }),
    );
  });

  it('is never empty where there are points', () => {
    fc.assert(
      fc.property(places, (points) => {
        expect(paretoFront(points).size > 0).toBe(points.length > 0);
      }),
    );
  });
});
