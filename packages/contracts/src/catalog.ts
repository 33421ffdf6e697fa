import { z } from 'zod';
import { microUsdPerMtokSchema } from './money.ts';

const isoDate = z.iso.date();

/** A price tier applies to the whole request once its input exceeds `aboveInputTokens`. */
export const tokenRatesSchema = z.object({
  inputMicroUsdPerMtok: microUsdPerMtokSchema,
  /** Absent: cached reads are billed as input. */
  cachedInputMicroUsdPerMtok: microUsdPerMtokSchema.optional(),
  /** Absent: cache writes are billed as input. */
  cacheWriteMicroUsdPerMtok: microUsdPerMtokSchema.optional(),
  outputMicroUsdPerMtok: microUsdPerMtokSchema,
});
export type TokenRates = z.infer<typeof tokenRatesSchema>;

export const priceSchema = tokenRatesSchema.extend({
  /** The first UTC day on which this price holds. */
  from: isoDate,
  tiers: z.array(tokenRatesSchema.extend({ aboveInputTokens: z.int().positive() })).default([]),
});
export type Price = z.infer<typeof priceSchema>;

export const modalitySchema = z.enum(['text', 'image', 'audio', 'video', 'pdf']);
export type Modality = z.infer<typeof modalitySchema>;

/** What a model can honour; what it cannot makes it ineligible for a request that needs it. */
export const capabilitiesSchema = z.object({
  tools: z.boolean(),
  structuredOutput: z.enum(['none', 'json_object', 'json_schema']),
  reasoning: z.boolean(),
  temperature: z.boolean(),
});
export type Capabilities = z.infer<typeof capabilitiesSchema>;

export const catalogModelSchema = z.object({
  /** `<provider>/<model>`, unique in the catalogue. */
  id: z.string().regex(/^[a-z0-9-]+\/.+$/),
  provider: z.string(),
  /** The name the provider knows the model by. */
  upstreamModel: z.string(),
  name: z.string(),
  family: z.string().optional(),
  kind: z.enum(['chat', 'embedding']),
  status: z.enum(['active', 'preview', 'deprecated']),
  releaseDate: z.string().optional(),
  contextTokens: z.int().positive(),
  maxOutputTokens: z.int().positive(),
  modalities: z.object({ input: z.array(modalitySchema), output: z.array(modalitySchema) }),
  capabilities: capabilitiesSchema,
  /** Where the model runs, as lower-case region codes (`eu`, `us`, `global`). A model is `eu` only when it never leaves it. */
  regions: z.array(z.string()).default(['global']),
  /** Ascending by `from`; the last whose date is not after today holds. */
  prices: z.array(priceSchema).min(1),
  /** Names under which the router artefact may know this model, best first. */
  routerNames: z.array(z.string()).default([]),
});
export type CatalogModel = z.infer<typeof catalogModelSchema>;

export const wireFormatNameSchema = z.enum(['openai', 'anthropic', 'mistral']);
export type WireFormatName = z.infer<typeof wireFormatNameSchema>;

/** Request parameters a provider may not honour; named as in OpenAI's request. */
export const REQUEST_FEATURES = [
  'logit_bias',
  'logprobs',
  'n',
  'seed',
  'frequency_penalty',
  'presence_penalty',
  'parallel_tool_calls',
  'reasoning_effort',
  'prediction',
  'stop',
  'top_p',
  'temperature',
  'user',
  'prompt_cache_key',
  'service_tier',
  'verbosity',
  'metadata',
  'store',
] as const;
export type RequestFeature = (typeof REQUEST_FEATURES)[number];

export const providerSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string(),
  format: wireFormatNameSchema,
  /** With the version segment, without trailing slash: `https://api.openai.com/v1`. */
  baseUrl: z.url(),
  /** Environment variables that may hold the key or (for keyless local hosts) the address, first one set wins. */
  keyEnv: z.array(z.string()).default([]),
  baseUrlEnv: z.string().optional(),
  /** Local hosts serve without a key. */
  needsKey: z.boolean().default(true),
  regions: z.array(z.string()).default(['global']),
  /** How an OpenAI-compatible host departs from OpenAI. */
  quirks: z
    .object({
      maxTokensField: z.enum(['max_completion_tokens', 'max_tokens']).default('max_completion_tokens'),
      /** `option`: send stream_options.include_usage; `always`: usage comes unasked; `never`: no usage in streams. */
      streamUsage: z.enum(['option', 'always', 'never']).default('option'),
      developerRole: z.boolean().default(true),
      /** Parameters this host refuses or ignores. */
      unsupported: z.array(z.enum(REQUEST_FEATURES)).default([]),
      /** Fields beyond OpenAI's that this host understands on messages; the others are taken off before sending. */
      messageExtras: z.array(z.enum(['reasoning', 'cache_control'])).optional(),
    })
    .prefault({}),
});
export type Provider = z.infer<typeof providerSchema>;

/** One consistent, content-addressed state of the catalogue. */
export const catalogSchema = z.object({
  /** First 12 hex digits of the SHA-256 of the canonical content. */
  version: z.string(),
  providers: z.array(providerSchema),
  models: z.array(catalogModelSchema),
});
export type Catalog = z.infer<typeof catalogSchema>;
