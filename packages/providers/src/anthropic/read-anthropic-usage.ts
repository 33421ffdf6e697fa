import type { Usage } from '@pointsman/contracts';
import { type JsonObject, objectOf, tokensOf } from '../json-value.ts';
import { withoutUndefined } from '../openai/read-openai-usage.ts';

/** Anthropic's `input_tokens` leaves cache reads and writes out; ours counts them in. */
export function readAnthropicUsage(usage: JsonObject): Usage {
  const fresh = tokensOf(usage.input_tokens);
  const cachedInputTokens = tokensOf(usage.cache_read_input_tokens);
  const cacheWriteTokens = tokensOf(usage.cache_creation_input_tokens);
  return withoutUndefined({
    inputTokens: fresh === undefined ? undefined : fresh + (cachedInputTokens ?? 0) + (cacheWriteTokens ?? 0),
    cachedInputTokens,
    cacheWriteTokens,
    outputTokens: tokensOf(usage.output_tokens),
    reasoningTokens: tokensOf(objectOf(usage.output_tokens_details).thinking_tokens),
  });
}

/** A stream's usage comes in two halves, the later one cumulative; its nulls say nothing and keep the earlier counts. */
export function mergeAnthropicUsage(earlier: JsonObject, later: JsonObject): JsonObject {
  const said = Object.entries(later).filter(([, value]) => value !== null && value !== undefined);
  return { ...earlier, ...Object.fromEntries(said) };
}
