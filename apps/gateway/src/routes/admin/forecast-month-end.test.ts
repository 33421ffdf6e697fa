import { describe, expect, test } from 'vitest';
import { forecastMonthEnd } from './forecast-month-end.ts';

const spend = (changes: Partial<Parameters<typeof forecastMonthEnd>[0]> = {}) =>
  forecastMonthEnd({
    dailyNanoUsd: Array.from({ length: 14 }, () => 2_000_000),
    spentNanoUsd: 40_000_000,
    nowMs: Date.parse('2026-11-20T12:00:00Z'),
    monthEndMs: Date.parse('2026-12-01T00:00:00Z'),
    ...changes,
  });

describe('the forecast of a month', () => {
  test('adds the days that are left, at what the last days cost', () => {
    expect(spend()).toEqual({
      kind: 'forecast',
      monthEndNanoUsd: 61_000_000,
      low: 61_000_000,
      high: 61_000_000,
      days: 14,
    });
  });

  test('is the wider the more the days differ, and never below what is spent', () => {
    const calm = spend({ dailyNanoUsd: [1, 2, 3, 1, 2, 3, 2].map((n) => n * 1_000_000) });
    const wild = spend({ dailyNanoUsd: [0, 0, 0, 14, 0, 0, 0].map((n) => n * 1_000_000) });
    if (calm.kind !== 'forecast' || wild.kind !== 'forecast') throw new Error('both have enough days');
    expect(wild.monthEndNanoUsd).toBe(calm.monthEndNanoUsd);
    expect(wild.high - wild.low).toBeGreaterThan(calm.high - calm.low);
    expect(wild.low).toBe(40_000_000);
  });

  test('is not made from less than a week', () => {
    expect(spend({ dailyNanoUsd: [1, 2, 3, 4, 5, 6] })).toEqual({ kind: 'too-few', days: 6, needed: 7 });
  });
});
