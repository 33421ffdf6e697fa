import { z } from 'zod';
import { nanoUsdSchema } from './money.ts';

const tokens = z.int().nonnegative().optional();

/**
 * Tokens as the provider reported them. A missing field means the provider did not say; it never means zero.
 * `inputTokens` counts all input, cached and cache-written tokens included; `outputTokens` counts all output, reasoning included.
 */
export const usageSchema = z.object({
  inputTokens: tokens,
  cachedInputTokens: tokens,
  cacheWriteTokens: tokens,
  outputTokens: tokens,
  reasoningTokens: tokens,
  /** A cost the provider itself put on the reply (OpenRouter's `usage.cost`, for one), in nano-dollars. */
  reportedCostNanoUsd: nanoUsdSchema.optional(),
});
export type Usage = z.infer<typeof usageSchema>;

export const costSchema = z.discriminatedUnion('status', [
  z.object({ status: z.literal('exact'), nanoUsd: nanoUsdSchema }),
  z.object({ status: z.literal('estimated'), nanoUsd: nanoUsdSchema, why: z.string() }),
  z.object({ status: z.literal('unknown'), why: z.string() }),
]);
/** What a call cost. `estimated` is a number nobody measured; `unknown` is no number at all. */
export type Cost = z.infer<typeof costSchema>;
