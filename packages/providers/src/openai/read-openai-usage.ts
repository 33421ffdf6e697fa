import { nanoUsdFromUsd, type Usage } from '@pointsman/contracts';
import { isObject, type JsonObject, objectOf, tokensOf } from '../json-value.ts';

/**
 * Token counts from OpenAI's `usage` and its known dialects. A field the host left out stays undefined.
 * DeepSeek calls cached input `prompt_cache_hit_tokens`; OpenRouter adds `cost` in dollars.
 */
export function readOpenAiUsage(usage: unknown): Usage {
  if (!isObject(usage)) return {};
  const promptDetails = objectOf(usage.prompt_tokens_details);
  const reasoningTokens = tokensOf(objectOf(usage.completion_tokens_details).reasoning_tokens);
  return withoutUndefined({
    inputTokens: tokensOf(usage.prompt_tokens),
    cachedInputTokens: tokensOf(promptDetails.cached_tokens) ?? tokensOf(usage.prompt_cache_hit_tokens),
    cacheWriteTokens: tokensOf(promptDetails.cache_write_tokens),
    outputTokens: outputTokens(usage, reasoningTokens),
    reasoningTokens,
    reportedCostNanoUsd: costOf(usage.cost),
  });
}

/** Some hosts (xAI) leave reasoning out of `completion_tokens`; the total gives them away. Ours always includes it. */
function outputTokens(usage: JsonObject, reasoningTokens: number | undefined): number | undefined {
  const completion = tokensOf(usage.completion_tokens);
  const prompt = tokensOf(usage.prompt_tokens);
  if (completion === undefined || reasoningTokens === undefined || prompt === undefined) return completion;
  const apart = completion + reasoningTokens;
  return reasoningTokens > 0 && tokensOf(usage.total_tokens) === prompt + apart ? apart : completion;
}

/** No call costs so many dollars: a host that says so counts in something else, and our own arithmetic decides. */
const MOST_BELIEVED_USD = 10_000;

function costOf(cost: unknown): number | undefined {
  if (typeof cost !== 'number' || !(cost >= 0 && cost <= MOST_BELIEVED_USD)) return undefined;
  return nanoUsdFromUsd(cost);
}

/** The same usage without keys whose value is undefined, so that it serialises and compares as what was said. */
export function withoutUndefined(usage: Usage): Usage {
  const said: Usage = {};
  for (const key in usage) {
    const field = key as keyof Usage;
    if (usage[field] !== undefined) said[field] = usage[field];
  }
  return said;
}
