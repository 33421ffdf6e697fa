import { type CatalogModel, catalogModelSchema } from '@pointsman/contracts';

/** A small chat model of the provider `p`, at $1 in and $2 out per million tokens, for tests that need just any. */
export const sampleModel = (over: Partial<CatalogModel> = {}): CatalogModel =>
  catalogModelSchema.parse({
    id: 'p/m',
    provider: 'p',
    upstreamModel: 'm',
    name: 'M',
    kind: 'chat',
    status: 'active',
    contextTokens: 8000,
    maxOutputTokens: 2000,
    modalities: { input: ['text'], output: ['text'] },
    capabilities: { tools: true, structuredOutput: 'json_schema', reasoning: false, temperature: true },
    prices: [{ from: '2026-01-01', inputMicroUsdPerMtok: 1_000_000, outputMicroUsdPerMtok: 2_000_000 }],
    ...over,
  });
