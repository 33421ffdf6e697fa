import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import { type DriftWatch, FIRST_NIGHT, watchDrift } from './watch-drift.ts';

function watchNights(pValues: readonly number[], falseAlarmEvery?: number): DriftWatch {
  return pValues.reduce((watch, p) => watchDrift(watch, p, falseAlarmEvery), FIRST_NIGHT);
}

describe('watchDrift', () => {
  it('hardly ever alarms in a month of nights in which nothing changes, looked at every night', () => {
    const random = seededRandom('nights');
    const months = Array.from({ length: 1000 }, () => watchNights(Array.from({ length: 30 }, () => 1 - random())));
    expect(months.filter(({ alarm }) => alarm).length / 1000).toBeLessThan(0.03);
  });

  it('alarms within a few nights of a change, however long the calm before it', () => {
    const calm = watchNights(Array.from({ length: 200 }, () => 0.6));
    expect(calm).toMatchObject({ nights: 200, alarm: false });
    const changed = [0.001, 0.001, 0.001].reduce((watch, p) => watchDrift(watch, p), calm);
    expect(changed.alarm).toBe(true);
  });

  it('keeps its alarm until pinned anew', () => {
    const alarmed = watchNights([0.0001, 0.0001, 0.0001]);
    expect(watchDrift(alarmed, 1).alarm).toBe(true);
  });

  it('weighs evidence fairly: its mean over uniform p-values is 1', () => {
    const steps = 200_000;
    let sum = 0;
    for (let step = 0; step < steps; step++) sum += Math.exp(watchDrift(FIRST_NIGHT, (step + 0.5) / steps).logEvidence);
    // What lies below the first step, where the formula rises without bound, is about 1 / ln(steps).
    expect(sum / steps + 1 / Math.log(steps)).toBeCloseTo(1, 1);
  });

  it('refuses what is no p-value', () => {
    for (const p of [0, -0.1, 1.1, Number.NaN]) expect(() => watchDrift(FIRST_NIGHT, p)).toThrow(RangeError);
    expect(() => watchDrift(FIRST_NIGHT, 0.5, 1)).toThrow(RangeError);
  });
});
