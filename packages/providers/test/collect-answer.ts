import type { Usage } from '@pointsman/contracts';
import { listOf, objectOf, parseJson } from '../src/json-value.ts';
import type { StreamPart } from '../src/types.ts';

export type CollectedCall = { id: string; name: string; arguments: string };

/** What a client ends up with, whichever way the answer came. */
export type Collected = {
  content: string;
  reasoning: string;
  refusal: string;
  toolCalls: CollectedCall[];
  details: unknown[];
  finishReason: unknown;
};

/** Reads the first choice of a chat completion as an OpenAI client would. */
export function collectReply(body: Buffer | string): Collected {
  const choice = objectOf(listOf(objectOf(parseJson(String(body))).choices)[0]);
  const message = objectOf(choice.message);
  return {
    content: String(message.content ?? ''),
    reasoning: String(message.reasoning_content ?? ''),
    refusal: String(message.refusal ?? ''),
    toolCalls: listOf(message.tool_calls).map((call) => {
      const { name, arguments: args } = objectOf(objectOf(call).function);
      return { id: String(objectOf(call).id), name: String(name), arguments: String(args) };
    }),
    details: listOf(message.reasoning_details),
    finishReason: choice.finish_reason,
  };
}

/** The JSON of every event in a stream's parts; throws where an event is not one whole `data:` line of JSON. */
export function eventsOf(parts: readonly StreamPart[]): Record<string, unknown>[] {
  return parts.flatMap((part) => {
    if (part.kind === 'usage') return [];
    return String(part.sse)
      .split(/\r?\n\r?\n/)
      .filter((event) => event !== '')
      .map((event) => objectOf(JSON.parse(event.replace(/^data: ?/gm, ''))));
  });
}

/** Joins the deltas of the first choice as an OpenAI client would: by tool call index, by concatenation. */
export function collectStream(parts: readonly StreamPart[]): Collected {
  const collected: Collected = {
    content: '',
    reasoning: '',
    refusal: '',
    toolCalls: [],
    details: [],
    finishReason: null,
  };
  for (const event of eventsOf(parts)) {
    const choice = objectOf(listOf(event.choices)[0]);
    const delta = objectOf(choice.delta);
    collected.content += String(delta.content ?? '');
    collected.reasoning += String(delta.reasoning_content ?? '');
    collected.refusal += String(delta.refusal ?? '');
    collected.details.push(...listOf(delta.reasoning_details));
    for (const call of listOf(delta.tool_calls).map(objectOf)) addCall(collected.toolCalls, call);
    collected.finishReason = choice.finish_reason ?? collected.finishReason;
  }
  return collected;
}

function addCall(calls: CollectedCall[], delta: Record<string, unknown>): void {
  const index = Number(delta.index);
  const { name, arguments: args } = objectOf(delta.function);
  calls[index] ??= { id: '', name: '', arguments: '' };
  const call = calls[index];
  if (typeof delta.id === 'string') call.id = delta.id;
  call.name += String(name ?? '');
  call.arguments += String(args ?? '');
}

export function usageOf(parts: readonly StreamPart[]): Usage | undefined {
  const usages = parts.filter((part) => part.kind === 'usage');
  if (usages.length > 1) throw new Error('a stream gave its usage more than once');
  return usages[0]?.usage;
}
