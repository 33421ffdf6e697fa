import { describe, expect, it } from 'vitest';
import { samplePrice } from '../test/sample-models.ts';
import { priceText } from './index.ts';

const rates = { inputMicroUsdPerMtok: 1_000_000, outputMicroUsdPerMtok: 2_000_000 };
const price = samplePrice({ ...rates, tiers: [{ ...rates, aboveInputTokens: 1000 }] });

describe('priceText', () => {
  it('stays while only the day changes', () => {
    expect(priceText({ ...price, from: '2020-01-01' })).toBe(priceText(price));
  });

  it.each([
    { inputMicroUsdPerMtok: 1_000_001 },
    { cachedInputMicroUsdPerMtok: 0 },
    { outputMicroUsdPerMtok: 1 },
    { tiers: [] },
    { tiers: [{ ...rates, aboveInputTokens: 1001 }] },
  ])('changes with %j', (change) => {
    expect(priceText({ ...price, ...change })).not.toBe(priceText(price));
  });
});
