import type { Price, TokenRates } from '@pointsman/contracts';

/** A price as a text that is the same exactly when every rate is, whatever the day from which it holds. */
export function priceText({ tiers, ...rates }: Price): string {
  const byTier = tiers.map((tier) => `>${tier.aboveInputTokens} ${ratesText(tier)}`);
  return [ratesText(rates), ...byTier].join(' ');
}

function ratesText(rates: TokenRates): string {
  const { inputMicroUsdPerMtok, cachedInputMicroUsdPerMtok, cacheWriteMicroUsdPerMtok, outputMicroUsdPerMtok } = rates;
  return [inputMicroUsdPerMtok, cachedInputMicroUsdPerMtok, cacheWriteMicroUsdPerMtok, outputMicroUsdPerMtok]
    .map((rate) => rate ?? '-')
    .join('/');
}
