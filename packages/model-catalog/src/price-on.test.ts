import { describe, expect, it } from 'vitest';
import { sampleModel, samplePrice } from '../test/sample-models.ts';
import { priceOn } from './index.ts';

describe('priceOn', () => {
  const [january, june] = [
    samplePrice({ from: '2026-01-01' }),
    samplePrice({ from: '2026-06-01', inputMicroUsdPerMtok: 1 }),
  ];
  const model = sampleModel({ prices: [january, june] });

  it('is the last price whose first day is not after the day asked for', () => {
    expect(priceOn(model, '2026-01-01')).toEqual(january);
    expect(priceOn(model, '2026-05-31')).toEqual(january);
    expect(priceOn(model, '2026-06-01')).toEqual(june);
    expect(priceOn(model, '2030-01-01T23:59:59Z')).toEqual(june);
  });

  it('is unknown, not zero, before the first', () => {
    expect(priceOn(model, '2025-12-31')).toBeUndefined();
  });

  it('refuses what is no ISO date, which would compare as any day at all', () => {
    for (const date of ['', '02/07/2026', '2026-7-2', 'today']) expect(() => priceOn(model, date)).toThrow(RangeError);
  });
});
