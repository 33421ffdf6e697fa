import { describe, expect, it } from 'vitest';
import { microUsdPerMtokFromUsd } from './usd-per-mtok.ts';

describe('microUsdPerMtokFromUsd', () => {
  it('is exact for every price with six decimals', () => {
    for (let micro = 0; micro < 3_000_000; micro += 997) {
      const written = `${Math.floor(micro / 1_000_000)}.${String(micro % 1_000_000).padStart(6, '0')}`;
      expect(microUsdPerMtokFromUsd(Number(written))).toBe(micro);
    }
  });

  it.each([0, 0.15, 2.5, 75, 0.000001])('reads %d dollars', (usd) => {
    expect(microUsdPerMtokFromUsd(usd)).toBe(Math.round(usd * 1e6));
  });

  it.each([-1, 1e-7, 0.1234567, Number.NaN, Number.POSITIVE_INFINITY, 1e21, 9_007_199_255])('refuses %d', (usd) => {
    expect(microUsdPerMtokFromUsd(usd)).toBeUndefined();
  });
});
