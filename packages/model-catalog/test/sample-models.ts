import type { Catalog, CatalogModel, Price, Provider } from '@pointsman/contracts';
import { catalogModelSchema, providerSchema } from '@pointsman/contracts';
import { parseCatalog } from '../src/index.ts';

/** A price as catalogue data would have it; dollars per million tokens become what the tests say they are. */
export function samplePrice(price: Partial<Price> = {}): Price {
  return {
    from: '2026-01-01',
    inputMicroUsdPerMtok: 2_500_000,
    outputMicroUsdPerMtok: 10_000_000,
    tiers: [],
    ...price,
  };
}

/** A chat model at provider `acme` unless the test says otherwise. */
export function sampleModel(model: Partial<CatalogModel> = {}): CatalogModel {
  const id = model.id ?? 'acme/alpha';
  return catalogModelSchema.parse({
    id,
    provider: id.slice(0, id.indexOf('/')),
    upstreamModel: id.slice(id.indexOf('/') + 1),
    name: 'Alpha',
    kind: 'chat',
    status: 'active',
    contextTokens: 128_000,
    maxOutputTokens: 16_384,
    modalities: { input: ['text'], output: ['text'] },
    capabilities: { tools: true, structuredOutput: 'json_schema', reasoning: false, temperature: true },
    prices: [samplePrice()],
    ...model,
  });
}

export function sampleProvider(id: string): Provider {
  return providerSchema.parse({ id, name: id, format: 'openai', baseUrl: 'https://models.invalid/v1' });
}

/** A catalogue of these models and the providers they name. */
export function sampleCatalog(...models: CatalogModel[]): Catalog {
  const providers = [...new Set(models.map((model) => model.provider))].map(sampleProvider);
  return parseCatalog({ providers, models });
}
