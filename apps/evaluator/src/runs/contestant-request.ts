import type { BenchmarkCase, ChatRequest, Contestant, Message } from '@pointsman/contracts';

/** The most tokens a contestant may write unless the run says otherwise: room for a long reply, and a bound on what it costs. */
export const DEFAULT_MAX_OUTPUT_TOKENS = 2_048;

/**
 * What a contestant is asked: the case's messages behind its own system prompt, where it has one. Nothing else: no
 * temperature, no seed, so that a model answers as it would by default.
 */
export function contestantRequest(
  { model, prompt }: Contestant,
  { messages }: BenchmarkCase,
  maxOutputTokens: number = DEFAULT_MAX_OUTPUT_TOKENS,
): ChatRequest {
  return { model, messages: withPrompt(messages, prompt?.text), max_completion_tokens: maxOutputTokens };
}

/** A case's own system message is part of the question: the prompt that is evaluated stands before it, in the same message. */
function withPrompt(messages: Message[], prompt: string | undefined): Message[] {
  if (prompt === undefined) return messages;
  const [first, ...rest] = messages;
  if (first?.role === 'system' && typeof first.content === 'string') {
    return [{ ...first, content: `${prompt}\n\n${first.content}` }, ...rest];
  }
  return [{ role: 'system', content: prompt }, ...messages];
}
