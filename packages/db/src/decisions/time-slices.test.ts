import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeSlices } from './time-slices.ts';

const NOON = Date.UTC(2026, 10, 21, 12);
const HOUR_MS = 3_600_000;

describe('slices of a period', () => {
  it('never overlap and stay within it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 48 * HOUR_MS }),
        fc.double({ min: 0.0001, max: 1, noNaN: true }),
        (lengthMs, share) => {
          const slices = timeSlices(NOON, NOON + lengthMs, share).toSorted((a, b) => a[0] - b[0]);
          let end = NOON;
          for (const [from, to] of slices) {
            expect(from).toBeGreaterThanOrEqual(end);
            expect(to).toBeGreaterThan(from);
            end = to;
          }
          expect(end).toBeLessThanOrEqual(NOON + lengthMs);
        },
      ),
    );
  });

  it('hold the share of the time that was asked for', () => {
    for (const share of [0.001, 0.03, 0.5, 0.97, 1]) {
      const slices = timeSlices(NOON, NOON + 24 * HOUR_MS, share);
      const held = slices.reduce((sum, [from, to]) => sum + to - from, 0);
      expect(held / (24 * HOUR_MS)).toBeCloseTo(share, 4);
    }
  });

  it('hold what comes on the hour as often as anything else', () => {
    const days = 60;
    const slices = timeSlices(NOON, NOON + days * 24 * HOUR_MS, 0.1);
    const hours = Array.from({ length: 24 * days }, (_, index) => NOON + index * HOUR_MS);
    const held = hours.filter((at) => slices.some(([from, to]) => at >= from && at < to)).length;
    expect(held / hours.length).toBeCloseTo(0.1, 1);
  });
});
