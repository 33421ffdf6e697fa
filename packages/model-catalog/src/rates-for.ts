import type { Price, TokenRates } from '@pointsman/contracts';

/** The rates of the highest tier that this many input tokens exceed; a tier applies to the whole request. */
export function ratesFor(price: Price, inputTokens: number): TokenRates {
  return price.tiers.findLast((tier) => inputTokens > tier.aboveInputTokens) ?? price;
}
