import { z } from 'zod';
import { LONGEST_NAME, requestOptionsSchema } from '../constraints.ts';
import { candidateRecordSchema, decisionSchema } from '../decision.ts';
import { nanoUsdSchema } from '../money.ts';

const MOST_MESSAGES = 100;

export const playgroundRequestSchema = z.strictObject({
  client: z.string().optional().describe("Client id or name; a client's own people may leave it out"),
  model: z
    .string()
    .min(1)
    .max(LONGEST_NAME)
    .default('auto')
    .describe('auto, auto/<policy> or a model of the catalogue'),
  messages: z
    .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() }))
    .min(1)
    .max(MOST_MESSAGES),
  options: requestOptionsSchema
    .pick({ max_cost_usd: true, min_score: true, max_latency_ms: true, models: true, region: true, cache: true })
    .default({}),
  maxTokens: z.int().positive().optional(),
  temperature: z.number().min(0).max(2).optional(),
});
export type PlaygroundRequest = z.input<typeof playgroundRequestSchema>;

/** What would happen to a request: every candidate with its estimates, and the choice. Nothing was called. */
export const playgroundPreviewSchema = z.object({
  choice: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('chosen'),
      /** The models that would be tried, in this order. */
      plan: z.array(z.string()).min(1),
      reason: decisionSchema.shape.reason,
      expectedCostNanoUsd: nanoUsdSchema,
    }),
    z.object({ kind: z.literal('none'), message: z.string() }),
  ]),
  policy: z.string(),
  candidates: z.array(candidateRecordSchema),
  /** Counted, before any provider has. */
  inputTokens: z.int(),
  domain: z.string().optional(),
  task: z.string().optional(),
  familiarity: z.number().optional(),
  routerVersion: z.string(),
  emulated: z.boolean(),
});
export type PlaygroundPreview = z.infer<typeof playgroundPreviewSchema>;

/** The last event of a playground run, `event: decision`: what the answer cost, from its decision record. */
export const playgroundEndSchema = decisionSchema.pick({
  id: true,
  outcome: true,
  errorCode: true,
  modelId: true,
  reason: true,
  cost: true,
  usage: true,
  latency: true,
  cache: true,
  emulated: true,
});
export type PlaygroundEnd = z.infer<typeof playgroundEndSchema>;
