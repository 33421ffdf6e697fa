import type { CatalogModel, Cost, TokenRates, Usage } from '@pointsman/contracts';
import { priceOn } from './price-on.ts';
import { ratesFor } from './rates-for.ts';
import { type Charge, sumCharges } from './sum-charges.ts';

/**
 * What a call cost, from the provider's own usage and the price of the day (`isoDate`, UTC, the day of the call).
 *
 * - A cost that the provider put on the reply wins over our arithmetic.
 * - `inputTokens` counts cached and cache-written tokens too; reasoning is part of `outputTokens` and is not billed again.
 * - An absent cached count is billed at the full input rate: a discount that was not reported was not granted.
 * - Embeddings have no output: their output tokens may be absent.
 * - Missing tokens, contradictory tokens and a day without a price make the cost `unknown`, never zero.
 *
 * @throws RangeError when `isoDate` is not an ISO date.
 */
export function meterCost(usage: Usage, model: CatalogModel, isoDate: string): Cost {
  if (usage.reportedCostNanoUsd !== undefined) return { status: 'exact', nanoUsd: usage.reportedCostNanoUsd };
  const outputTokens = usage.outputTokens ?? (model.kind === 'embedding' ? 0 : undefined);
  if (usage.inputTokens === undefined) return unknown('the provider reported no input tokens');
  if (outputTokens === undefined) return unknown('the provider reported no output tokens');
  const tokens = {
    input: usage.inputTokens,
    cached: usage.cachedInputTokens ?? 0,
    cacheWrite: usage.cacheWriteTokens ?? 0,
    output: outputTokens,
    reasoning: usage.reasoningTokens ?? 0,
  };
  const contradiction = contradictionIn(tokens);
  if (contradiction !== undefined) return unknown(contradiction);
  const price = priceOn(model, isoDate);
  if (price === undefined) return unknown(`no price of ${model.id} is known for ${isoDate}`);
  const nanoUsd = sumCharges(chargesOf(tokens, ratesFor(price, tokens.input)));
  return nanoUsd === undefined ? unknown('the cost exceeds 9 million dollars') : { status: 'exact', nanoUsd };
}

type Tokens = { input: number; cached: number; cacheWrite: number; output: number; reasoning: number };

function contradictionIn(tokens: Tokens): string | undefined {
  for (const [kind, count] of Object.entries(tokens)) {
    if (!Number.isSafeInteger(count) || count < 0) return `the provider reported ${count} ${kind} tokens`;
  }
  if (tokens.cached + tokens.cacheWrite > tokens.input) {
    return `the provider reported ${tokens.cached} cached and ${tokens.cacheWrite} cache-written tokens of only ${tokens.input} input tokens`;
  }
  if (tokens.reasoning > tokens.output) {
    return `the provider reported ${tokens.reasoning} reasoning tokens of only ${tokens.output} output tokens`;
  }
  return undefined;
}

function chargesOf(tokens: Tokens, rates: TokenRates): Charge[] {
  const input = rates.inputMicroUsdPerMtok;
  return [
    [tokens.input - tokens.cached - tokens.cacheWrite, input],
    [tokens.cached, rates.cachedInputMicroUsdPerMtok ?? input],
    [tokens.cacheWrite, rates.cacheWriteMicroUsdPerMtok ?? input],
    [tokens.output, rates.outputMicroUsdPerMtok],
  ];
}

function unknown(why: string): Cost {
  return { status: 'unknown', why };
}
