import { z } from 'zod';

const usd = z.number().nonnegative();

const rates = z.object({
  input: usd.optional(),
  output: usd.optional(),
  cache_read: usd.optional(),
  /** A few entries name the cached rate so. */
  cached_input: usd.optional(),
  cache_write: usd.optional(),
  input_audio: usd.optional(),
  output_audio: usd.optional(),
  reasoning: usd.optional(),
});
export type ModelsDevRates = z.infer<typeof rates>;

/** One model as models.dev publishes it: costs in US dollars per million tokens. Fields we do not read are ignored. */
export const modelsDevModelSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  family: z.string().optional(),
  status: z.enum(['alpha', 'beta', 'deprecated']).optional(),
  release_date: z.string().optional(),
  reasoning: z.boolean().default(false),
  tool_call: z.boolean().default(false),
  /** Absent when nobody has looked, which is not the same as false. */
  structured_output: z.boolean().optional(),
  temperature: z.boolean().optional(),
  modalities: z.object({ input: z.array(z.string()), output: z.array(z.string()) }),
  limit: z.object({ context: z.number(), output: z.number() }),
  cost: rates
    .extend({
      tiers: z
        .array(rates.extend({ tier: z.object({ size: z.int().positive(), type: z.string().optional() }) }))
        .optional(),
    })
    .optional(),
});
export type ModelsDevModel = z.infer<typeof modelsDevModelSchema>;

export const modelsDevSchema = z.record(z.string(), z.object({ models: z.record(z.string(), z.unknown()) }));
