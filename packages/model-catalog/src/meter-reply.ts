import type { CatalogModel, Cost, Usage } from '@pointsman/contracts';
import { expectedCost } from './expected-cost.ts';
import { meterCost } from './meter-cost.ts';
import { priceOn } from './price-on.ts';

export type Metering = {
  model: CatalogModel;
  isoDate: string;
  /** Input tokens as this gateway counted them, for providers that do not say. */
  countedInputTokens: number;
};

/** Characters per token where only a length is known: the usual average of English text under byte-pair vocabularies. */
const CHARS_PER_TOKEN = 4;

/**
 * The cost of a reply. The provider's own usage decides; where it sent none, tokens are counted and the cost is marked
 * estimated. Unknown is never zero.
 */
export function meterReply(usage: Usage, outputChars: number, metering: Metering): { usage: Usage; cost: Cost } {
  const exact = meterCost(usage, metering.model, metering.isoDate);
  if (exact.status !== 'unknown') return { usage, cost: exact };
  const said = usage.inputTokens !== undefined && usage.outputTokens !== undefined;
  const why = said
    ? `the provider's usage cannot be right: ${exact.why}`
    : 'the provider sent no usage; tokens were counted by the gateway';
  const { model, countedInputTokens } = metering;
  // No model reads or writes more than it holds, whatever its provider reports; a batch of embeddings is read in parts.
  const mostInput = Math.max(model.contextTokens, countedInputTokens);
  const estimated: Usage = {
    ...usage,
    inputTokens: Math.min(usage.inputTokens ?? countedInputTokens, mostInput),
    outputTokens: atMost(usage.outputTokens, model.contextTokens) ?? Math.ceil(outputChars / CHARS_PER_TOKEN),
  };
  return { usage: estimated, cost: estimateCost(estimated, metering, why) };
}

const atMost = (count: number | undefined, most: number) => (count === undefined ? undefined : Math.min(count, most));

/** Cost of tokens nobody measured. */
export function estimateCost(usage: Usage, metering: Metering, why: string): Cost {
  const price = priceOn(metering.model, metering.isoDate);
  if (price === undefined)
    return { status: 'unknown', why: `no price of ${metering.model.id} holds on ${metering.isoDate}` };
  const nanoUsd = expectedCost(price, {
    inputTokens: usage.inputTokens ?? metering.countedInputTokens,
    cachedInputTokens: usage.cachedInputTokens ?? 0,
    outputTokens: usage.outputTokens ?? 0,
  });
  return { status: 'estimated', nanoUsd, why };
}

/**
 * The amount a budget is charged: what the decision record carries, so that the ledger and the records agree. A cost is
 * unknown only where no price holds, and such a model is not a candidate.
 */
export const chargeOf = (cost: Cost) => (cost.status === 'unknown' ? 0 : cost.nanoUsd);
