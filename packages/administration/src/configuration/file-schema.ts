import {
  capabilitiesSchema,
  modalitySchema,
  policySchema,
  providerSchema,
  REQUEST_FEATURES,
  wireFormatNameSchema,
} from '@pointsman/contracts';
import { z } from 'zod';
import { microUsdPerMtokFromUsd } from './usd-per-mtok.ts';

// The shape of pointsman.config.yaml. What is absent here keeps its default (./defaults.ts) or the catalogue's value.

export const PROVIDER_ID = /^[a-z0-9-]+$/;
export const MODEL_ID = /^[a-z0-9-]+\/\S+$/;

const milliseconds = z.int().min(1).max(3_600_000);
const bytes = z.int().min(1024);
const regions = z.array(z.string().regex(/^[a-z0-9-]+$/, 'lower-case region codes such as eu, us, global')).min(1);

const usdPerMtok = z
  .number()
  .min(0)
  .max(1_000_000)
  .refine((usd) => microUsdPerMtokFromUsd(usd) !== undefined, { error: 'has more than six decimals' })
  .meta({ description: 'US dollars per million tokens, at most six decimals, such as 0.15' });

const ratesShape = {
  inputUsdPerMtok: usdPerMtok,
  cachedInputUsdPerMtok: usdPerMtok.optional(),
  cacheWriteUsdPerMtok: usdPerMtok.optional(),
  outputUsdPerMtok: usdPerMtok,
};

const priceSettingsSchema = z.strictObject({
  from: z.iso.date().meta({ description: 'The first UTC day on which this price holds, such as 2026-07-01' }),
  ...ratesShape,
  tiers: z
    .array(z.strictObject({ aboveInputTokens: z.int().min(1), ...ratesShape }))
    .optional()
    .meta({ description: 'Other rates for the whole request once its input exceeds aboveInputTokens' }),
});
export type PriceSettings = z.infer<typeof priceSettingsSchema>;

const providerQuirks = providerSchema.shape.quirks.unwrap().shape;
const quirksSettingsSchema = z.strictObject({
  maxTokensField: providerQuirks.maxTokensField.unwrap().optional(),
  streamUsage: providerQuirks.streamUsage.unwrap().optional(),
  developerRole: z.boolean().optional(),
  unsupported: z.array(z.enum(REQUEST_FEATURES)).optional(),
});

const providerSettingsSchema = z.strictObject({
  enabled: z.boolean().optional().meta({ description: 'false switches the provider off even when it has a key' }),
  name: z.string().min(1).optional(),
  format: wireFormatNameSchema.optional().meta({ description: 'The wire format it speaks; openai when absent' }),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({ description: 'Its address with the version segment, such as https://api.example.com/v1' }),
  apiKey: z.string().optional().meta({ description: `Its key, best as a reference such as \${EXAMPLE_API_KEY}` }),
  needsKey: z.boolean().optional().meta({ description: 'false for hosts that serve without a key' }),
  regions: regions.optional(),
  quirks: quirksSettingsSchema.optional().meta({ description: 'How an OpenAI-compatible host departs from OpenAI' }),
});

const modelSettingsSchema = z.strictObject({
  enabled: z.boolean().optional().meta({ description: 'false takes the model out of the catalogue' }),
  name: z.string().min(1).optional(),
  upstreamModel: z.string().min(1).optional().meta({ description: 'The name the provider knows the model by' }),
  family: z.string().optional(),
  kind: z.enum(['chat', 'embedding']).optional(),
  status: z.enum(['active', 'preview', 'deprecated']).optional(),
  contextTokens: z.int().min(1).optional(),
  maxOutputTokens: z.int().min(1).optional(),
  modalities: z
    .strictObject({
      input: z.array(modalitySchema).min(1).optional(),
      output: z.array(modalitySchema).min(1).optional(),
    })
    .optional(),
  capabilities: z.strictObject(capabilitiesSchema.partial().shape).optional(),
  regions: regions.optional(),
  prices: z
    .array(priceSettingsSchema)
    .min(1)
    .optional()
    .meta({ description: 'Dated prices, oldest first; they replace the catalogue from the first date on' }),
  routerNames: z.array(z.string().min(1)).optional(),
});
export type ModelSettings = z.infer<typeof modelSettingsSchema>;

/** A hash's worth: whoever guesses it makes any session. */
export const SHORTEST_SECRET = 32;
const originSchema = z.url({ protocol: /^https?$/ });

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export const EMULATOR_MODES = ['auto', 'on', 'off'] as const;

export const configFileSchema = z.strictObject({
  server: z
    .strictObject({
      host: z.string().min(1).optional().meta({ description: 'Address to listen on; 127.0.0.1 when absent' }),
      port: z.int().min(0).max(65_535).optional().meta({ description: 'Port to listen on; 8080 when absent' }),
      drainMs: milliseconds.optional().meta({ description: 'How long open requests may run on at shutdown' }),
      logLevel: z.enum(LOG_LEVELS).optional(),
    })
    .optional(),
  signIn: z
    .strictObject({
      publicUrl: originSchema
        .optional()
        .meta({ description: 'The address people know; the one a request came to when absent' }),
      secret: z
        .string()
        .min(SHORTEST_SECRET)
        .optional()
        .meta({ description: 'Signs session cookies, best as a reference; made once and kept when absent' }),
      oidc: z
        .strictObject({
          issuer: z.url({ protocol: /^https?$/ }).optional(),
          clientId: z.string().min(1).optional(),
          clientSecret: z.string().min(1).optional().meta({ description: 'Best as a reference' }),
          name: z.string().min(1).max(40).optional().meta({ description: 'What the button of the page calls it' }),
        })
        .optional()
        .meta({ description: 'A provider of identities that speaks OpenID Connect' }),
    })
    .optional()
    .meta({ description: 'How people sign in to the dashboard' }),
  emulator: z
    .enum(EMULATOR_MODES)
    .optional()
    .meta({ description: 'auto: emulate the providers only when none of them has a key' }),
  providers: z
    .record(z.string().regex(PROVIDER_ID), providerSettingsSchema)
    .optional()
    .meta({ description: 'Providers to add or change, by id' }),
  models: z
    .record(z.string().regex(MODEL_ID), modelSettingsSchema)
    .optional()
    .meta({ description: 'Models to add or change, by id: <provider>/<model>' }),
  defaults: z
    .strictObject({
      policy: policySchema.shape.name
        .optional()
        .meta({ description: 'The policy new clients get; default when absent' }),
      timeouts: z
        .strictObject({
          connectMs: milliseconds.optional(),
          firstByteMs: milliseconds.optional(),
          idleMs: milliseconds.optional(),
          totalMs: milliseconds.optional(),
        })
        .optional()
        .meta({ description: 'For calls to providers' }),
      retries: z
        .int()
        .min(0)
        .max(10)
        .optional()
        .meta({ description: 'Further tries of the same model before the next' }),
    })
    .optional(),
  retention: z
    .strictObject({ decisionsDays: z.int().min(1).max(3650).optional() })
    .optional()
    .meta({ description: 'How long records are kept, in days' }),
  limits: z
    .strictObject({
      maxRequestBytes: bytes.optional().meta({ description: 'Largest request body accepted' }),
      cacheBytes: bytes.optional().meta({ description: 'Memory for the exact cache of one gateway' }),
      spoolBytes: bytes.optional().meta({ description: 'Disk for decisions that wait for the database' }),
    })
    .optional(),
});
export type ConfigFile = z.infer<typeof configFileSchema>;
