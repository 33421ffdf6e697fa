import type { NanoUsd, Price } from '@pointsman/contracts';
import { ratesFor } from './rates-for.ts';
import { sumCharges } from './sum-charges.ts';

/** Expected tokens of a request not yet made; fractions are allowed and count as whole tokens, rounded up. */
export type ExpectedTokens = {
  inputTokens: number;
  /** Part of `inputTokens` likely to be read from the provider's cache; more than that counts as all of it. */
  cachedInputTokens?: number | undefined;
  outputTokens: number;
};

/**
 * What a request will cost if it uses these tokens, in nano-dollars rounded up.
 *
 * @throws RangeError when a count is negative or not finite, or the cost exceeds 9 million dollars: both are bugs of the caller.
 */
export function expectedCost(price: Price, tokens: ExpectedTokens): NanoUsd {
  const input = wholeTokens(tokens.inputTokens);
  const cached = Math.min(wholeTokens(tokens.cachedInputTokens ?? 0), input);
  const output = wholeTokens(tokens.outputTokens);
  const rates = ratesFor(price, input);
  const nanoUsd = sumCharges([
    [input - cached, rates.inputMicroUsdPerMtok],
    [cached, rates.cachedInputMicroUsdPerMtok ?? rates.inputMicroUsdPerMtok],
    [output, rates.outputMicroUsdPerMtok],
  ]);
  if (nanoUsd === undefined)
    throw new RangeError(`No request costs more than 9 million dollars: ${input} + ${output} tokens`);
  return nanoUsd;
}

function wholeTokens(count: number): number {
  const whole = Math.ceil(count);
  if (!Number.isSafeInteger(whole) || whole < 0) throw new RangeError(`A token count must be 0 or more, got ${count}`);
  return whole;
}
