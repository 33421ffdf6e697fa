import type { Price } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { priceChange, priceText } from './price-text.ts';

const price = (input: number, output: number, tiers: Price['tiers'] = []): Price => ({
  from: '2026-01-01',
  inputMicroUsdPerMtok: input,
  outputMicroUsdPerMtok: output,
  tiers,
});
const money = (nanoUsd: number) => `$${nanoUsd / 1e9}`;

describe('a price', () => {
  it('is said for input and output, and that there is more to it', () => {
    expect(priceText(price(2_500_000, 10_000_000), money)).toBe('$2.5 / $10');
    const tier = { aboveInputTokens: 200_000, inputMicroUsdPerMtok: 1, outputMicroUsdPerMtok: 1 };
    expect(priceText(price(1_000_000, 2_000_000, [tier]), money)).toBe('$1 / $2 +');
  });

  it('changes by a share, unless it was free', () => {
    expect(priceChange(price(1_000, 3_000), price(500, 1_500))).toBe(-0.5);
    expect(priceChange(price(0, 0), price(1, 1))).toBeUndefined();
  });
});
