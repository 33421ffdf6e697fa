import { type JsonObject, listOf, objectOf, textOf } from '../json-value.ts';
import type { PassthroughOptions } from '../openai/passthrough-reader.ts';
import { hasValue } from '../sse/json-scan.ts';
import type { ReplyContext } from '../wire-format.ts';
import { mistralFinishReason, readMistralContent, readMistralToolCall } from './mistral-choices.ts';

type Translation = NonNullable<PassthroughOptions['translation']>;
/** What a choice's stream has seen. Thinking is collected, to go out whole once when it closes. */
type ChoiceState = { callIndex: Map<string, number>; thoughts: number; thought: string; signature: string | undefined };

/**
 * Rewrites the events of a Mistral stream that differ from OpenAI's: chunked content, tool calls (whole, indexed by
 * arrival), finish reasons of its own. The rest, most of a stream, is forwarded as it came.
 */
export function createMistralTranslation(context: ReplyContext): Translation {
  const choices = new Map<unknown, ChoiceState>();
  const stateOf = (index: unknown): ChoiceState => {
    const known = choices.get(index);
    if (known !== undefined) return known;
    const fresh = { callIndex: new Map(), thoughts: 0, thought: '', signature: undefined };
    choices.set(index, fresh);
    return fresh;
  };
  const isThinking = () => [...choices.values()].some((state) => state.thought !== '');
  return {
    applies: (event) =>
      isArray(event, '"content":') ||
      isArray(event, '"tool_calls":') ||
      hasValue(event, '"finish_reason":') ||
      isThinking(),
    write: (event) => ({
      ...event,
      // Mistral's usage rides on the last choice; it goes out once, at the end, to whoever asked for it.
      usage: undefined,
      object: 'chat.completion.chunk',
      choices: listOf(event.choices).map((choice) => writeChoice(objectOf(choice), stateOf, context)),
    }),
  };
}

function isArray(event: string, needle: string): boolean {
  return event.includes(`${needle}[`) || event.includes(`${needle} [`);
}

function writeChoice(choice: JsonObject, stateOf: (index: unknown) => ChoiceState, context: ReplyContext): JsonObject {
  const state = stateOf(choice.index);
  const delta = objectOf(choice.delta);
  const { text, reasoning, details } = readMistralContent(delta.content, context.provider.id, 0);
  state.thought += reasoning;
  for (const detail of details) state.signature = textOf(detail.signature) ?? state.signature;
  const calls = listOf(delta.tool_calls).map((call, position) => ({
    index: indexOfCall(state, call, position),
    ...readMistralToolCall(call),
  }));
  const goesOn = text === '' && calls.length === 0 && !choice.finish_reason;
  const closes = state.thought !== '' && !goesOn;
  const written = {
    ...(textOf(delta.role) !== undefined && { role: 'assistant' }),
    ...(text !== '' || reasoning === '' ? { content: text } : {}),
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(closes && { reasoning_details: [closeThought(state, context.provider.id)] }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  return { index: choice.index ?? 0, delta: written, finish_reason: mistralFinishReason(choice.finish_reason ?? null) };
}

function closeThought(state: ChoiceState, provider: string): JsonObject {
  const detail = {
    type: 'reasoning.text',
    text: state.thought,
    signature: state.signature ?? null,
    index: state.thoughts++,
    provider,
  };
  state.thought = '';
  state.signature = undefined;
  return detail;
}

/** Calls are told apart by id: Mistral numbers them from 0 in each event. */
function indexOfCall({ callIndex }: ChoiceState, call: unknown, position: number): number {
  const id = textOf(objectOf(call).id) ?? `#${position}`;
  const known = callIndex.get(id);
  if (known !== undefined) return known;
  callIndex.set(id, callIndex.size);
  return callIndex.size - 1;
}
