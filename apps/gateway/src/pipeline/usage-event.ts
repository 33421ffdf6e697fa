import type { Decision, Usage } from '@pointsman/contracts';
import { usageFactsOf } from './reply.ts';

/** A stream's final usage chunk with the decision's facts; made up from our own count when the provider sent none. */
export function usageEvent(
  chunk: Record<string, unknown> | undefined,
  decision: Decision,
  upstreamModel: string,
): string {
  const base = chunk ?? {
    id: `chatcmpl-${decision.id}`,
    object: 'chat.completion.chunk',
    created: Math.floor(Date.parse(decision.at) / 1000),
    model: upstreamModel,
    choices: [],
    usage: openAiUsage(decision.usage),
  };
  return `data: ${JSON.stringify({ ...base, pointsman: usageFactsOf(decision) })}\n\n`;
}

/** Our words for usage in OpenAI's. */
const openAiUsage = ({ inputTokens = 0, outputTokens = 0, cachedInputTokens = 0, reasoningTokens = 0 }: Usage) => ({
  prompt_tokens: inputTokens,
  completion_tokens: outputTokens,
  total_tokens: inputTokens + outputTokens,
  prompt_tokens_details: { cached_tokens: cachedInputTokens },
  completion_tokens_details: { reasoning_tokens: reasoningTokens },
});

/** A chat.completion with the usage its stream reported apart from its choices. */
export const withUsage = (body: string, usage: Usage) =>
  JSON.stringify({ ...JSON.parse(body), usage: openAiUsage(usage) });
