import type { Usage } from '@pointsman/contracts';
import type { JsonObject } from '../json-value.ts';

/**
 * OpenAI's `usage` object for a translated reply; undefined where the provider left the counts OpenAI requires unsaid.
 */
export function openAiUsageJson(usage: Usage): JsonObject | undefined {
  const { inputTokens, outputTokens } = usage;
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    ...(usage.cachedInputTokens !== undefined && {
      prompt_tokens_details: {
        cached_tokens: usage.cachedInputTokens,
        ...(usage.cacheWriteTokens !== undefined && { cache_write_tokens: usage.cacheWriteTokens }),
      },
    }),
    ...(usage.reasoningTokens !== undefined && {
      completion_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    }),
  };
}
