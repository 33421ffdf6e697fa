import { describe, expect, it } from 'vitest';
import { createFormat } from './create-format.ts';

describe('formats', () => {
  const english = createFormat('en');
  it('keep three significant digits of small amounts and two decimals of large ones', () => {
    expect(english.money(12_345)).toBe('$0.0000123');
    expect(english.money(1_234_567_890_123)).toBe('$1,234.57');
    expect(english.money(0)).toBe('$0.00');
  });
  it('choose the unit of a duration by its size', () => {
    expect([0.84, 420, 2500, 240_000, 9_000_000].map((ms) => english.duration(ms))).toEqual([
      '0.8 ms',
      '420 ms',
      '2.5 sec',
      '4 min',
      '2.5 hr',
    ]);
  });
  it('say shares, scores and distances in time', () => {
    expect(english.share(0.1234)).toBe('12.3%');
    expect(english.signedShare(-0.05)).toBe('-5%');
    expect(english.score(0.9)).toBe('0.900');
    expect(english.ago(0, 3 * 60_000)).toBe('3 minutes ago');
    expect(english.day('2026-11-21T23:30:00Z')).toBe('Nov 21, 2026');
  });
  it('follow the language', () => {
    expect(createFormat('fr').share(0.5).replace(/\s/gu, ' ')).toBe('50 %');
  });
});
