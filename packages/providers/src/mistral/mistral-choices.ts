import { type JsonObject, listOf, objectOf, textOf } from '../json-value.ts';

const FINISH_REASONS: Record<string, string> = { model_length: 'length' };

/** Mistral's finish reason in OpenAI's words. */
export function mistralFinishReason(reason: unknown): unknown {
  return FINISH_REASONS[String(reason)] ?? reason;
}

export type MistralContent = { text: string; reasoning: string; details: JsonObject[] };

/** Content that may be a string or chunks of text and thinking, taken apart. */
export function readMistralContent(content: unknown, providerId: string, firstIndex: number): MistralContent {
  if (typeof content === 'string') return { text: content, reasoning: '', details: [] };
  const read: MistralContent = { text: '', reasoning: '', details: [] };
  for (const chunk of listOf(content).map(objectOf)) {
    if (chunk.type !== 'thinking') {
      read.text += textOf(chunk.text) ?? '';
      continue;
    }
    const thought = typeof chunk.thinking === 'string' ? chunk.thinking : joinTexts(chunk.thinking);
    read.reasoning += thought;
    const index = firstIndex + read.details.length;
    read.details.push({
      type: 'reasoning.text',
      text: thought,
      signature: textOf(chunk.signature) ?? null,
      index,
      provider: providerId,
    });
  }
  return read;
}

function joinTexts(chunks: unknown): string {
  return listOf(chunks)
    .map((chunk) => textOf(objectOf(chunk).text) ?? '')
    .join('');
}

/** A Mistral tool call as OpenAI's; arguments may come as an object. */
export function readMistralToolCall(call: unknown): {
  id: string;
  type: 'function';
  function: { name: unknown; arguments: string };
} {
  const { id, function: called } = objectOf(call);
  const { name, arguments: args } = objectOf(called);
  const text = typeof args === 'string' ? args : JSON.stringify(args ?? {});
  return { id: textOf(id) ?? '', type: 'function', function: { name, arguments: text } };
}
