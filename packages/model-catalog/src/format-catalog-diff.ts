import { MICRO_PER_USD, type Price, type TokenRates } from '@pointsman/contracts';
import type { CatalogDiff, FieldChange, ModelChange, PriceChange } from './diff-catalogs.ts';

/** A diff as plain text for a terminal: `+` added, `-` removed, `~` changed; prices in dollars per million tokens. */
export function formatCatalogDiff(diff: CatalogDiff): string {
  const { providers } = diff;
  const lines = [
    ...providers.added.map((provider) => `+ provider ${provider.id}`),
    ...providers.removed.map((provider) => `- provider ${provider.id}`),
    ...providers.changed.flatMap((change) => [`~ provider ${change.id}`, ...change.fields.map(fieldLine)]),
    ...diff.added.map((model) => `+ ${model.id}  ${priceText(model.prices.at(-1))}`),
    ...diff.removed.map((model) => `- ${model.id}`),
    ...diff.changed.flatMap(modelLines),
  ];
  const title = `catalogue ${diff.fromVersion} -> ${diff.toVersion}`;
  if (lines.length === 0) return `${title}: no change`;
  const { added, removed, changed } = diff;
  return [`${title}: ${added.length} added, ${removed.length} removed, ${changed.length} changed`, ...lines].join('\n');
}

function modelLines(change: ModelChange): string[] {
  return [`~ ${change.id}`, ...change.fields.map(fieldLine), ...change.prices.map(priceLine)];
}

function fieldLine({ field, before, after }: FieldChange): string {
  return `    ${field}: ${valueText(before)} -> ${valueText(after)}`;
}

function priceLine({ kind, from, before, after }: PriceChange): string {
  const note = kind === 'new' ? '' : ` (${kind})`;
  return `    price from ${from}${note}: ${priceText(before)} -> ${priceText(after)}`;
}

function valueText(value: unknown): string {
  return value === undefined ? '(absent)' : JSON.stringify(value);
}

function priceText(price: Price | undefined): string {
  if (price === undefined) return '(unknown)';
  const tiers = price.tiers.map((tier) => `; above ${tier.aboveInputTokens} ${ratesText(tier)}`);
  return `${ratesText(price)}${tiers.join('')}`;
}

function ratesText(rates: TokenRates): string {
  const { cachedInputMicroUsdPerMtok: cached, cacheWriteMicroUsdPerMtok: cacheWrite } = rates;
  return [
    `in ${usd(rates.inputMicroUsdPerMtok)}`,
    ...(cached === undefined ? [] : [`cached ${usd(cached)}`]),
    ...(cacheWrite === undefined ? [] : [`cache write ${usd(cacheWrite)}`]),
    `out ${usd(rates.outputMicroUsdPerMtok)}`,
  ].join(', ');
}

function usd(microUsd: number): string {
  return `$${microUsd / MICRO_PER_USD}`;
}
