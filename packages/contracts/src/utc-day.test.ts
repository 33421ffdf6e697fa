import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utcDay } from './utc-day.ts';

test('the UTC day is the date of the ISO instant, whatever was asked before', () => {
  const instant = fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 });
  fc.assert(
    fc.property(fc.array(instant, { maxLength: 20 }), (instants) => {
      for (const at of instants) expect(utcDay(at)).toBe(new Date(at).toISOString().slice(0, 10));
    }),
  );
});

test('midnight belongs to the day that begins', () => {
  expect(utcDay(Date.UTC(2026, 10, 21) - 1)).toBe('2026-11-20');
  expect(utcDay(Date.UTC(2026, 10, 21))).toBe('2026-11-21');
});
