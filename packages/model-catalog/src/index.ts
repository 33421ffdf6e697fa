export { applySync } from './apply-sync.ts';
export { CatalogError, type CatalogProblem } from './catalog-error.ts';
export { catalogVersion } from './catalog-version.ts';
export { countRequestTokens } from './count-request-tokens.ts';
export {
  type CatalogDiff,
  diffCatalogs,
  type FieldChange,
  type ModelChange,
  type PriceChange,
} from './diff-catalogs.ts';
export { estimateTokens } from './estimate-tokens.ts';
export { type ExpectedTokens, expectedCost } from './expected-cost.ts';
export { formatCatalogDiff } from './format-catalog-diff.ts';
export { meterCost } from './meter-cost.ts';
export { chargeOf, estimateCost, type Metering, meterReply } from './meter-reply.ts';
export { modelMatches } from './model-matches.ts';
export { parseCatalog } from './parse-catalog.ts';
export { priceOn } from './price-on.ts';
export { priceText } from './price-text.ts';
export { type ModelsDevOptions, type ModelsDevReading, readModelsDev } from './read-models-dev.ts';
export { type ModelResolution, resolveModel } from './resolve-model.ts';
export { shippedCatalog } from './shipped-catalog.ts';
export { shippedProviders } from './shipped-providers.ts';
