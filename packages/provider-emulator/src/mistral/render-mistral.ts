import type { Answer, AnswerChoice } from '../answer.ts';
import { digest } from '../digest.ts';
import { splitIntoChunks, splitTokens } from '../split-tokens.ts';
import type { Stamp, StreamEvent } from '../wire-format.ts';

// Mistral's SDK types name fields in camel case and none of them describes the wire, so the wire is described here.
type Part =
  | { type: 'text'; text: string }
  | { type: 'thinking'; thinking: { type: 'text'; text: string }[]; closed?: boolean };
type WireToolCall = { id: string; type: 'function'; function: { name: string; arguments: string }; index: number };
type Finish = 'stop' | 'length' | 'tool_calls' | 'model_length' | 'error';
type Usage = {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
  prompt_tokens_details: { cached_tokens: number };
};
type Delta = { role?: 'assistant'; content?: string | Part[]; tool_calls?: WireToolCall[] };

/** The body of a plain chat completion. */
export function renderMistralAnswer(answer: Answer, stamp: Stamp) {
  return {
    ...headOf(answer, stamp),
    object: 'chat.completion' as const,
    choices: answer.choices.map((choice, index) => ({
      index,
      finish_reason: finishReasonOf(choice),
      message: {
        role: 'assistant' as const,
        tool_calls: choice.toolCalls.length === 0 ? null : toolCallsOf(choice, stamp, index),
        content: contentOf(choice),
      },
    })),
    ...(answer.usage === undefined ? {} : { usage: usageOf(answer.usage) }),
  };
}

/** The events of a streamed chat completion, `[DONE]` last; tool calls come whole, usage on the last chunk. */
export function renderMistralEvents(answer: Answer, stamp: Stamp): StreamEvent[] {
  const head = { ...headOf(answer, stamp), object: 'chat.completion.chunk' };
  const event = (index: number, delta: Delta, last?: { finish: Finish; usage: Usage | undefined }): StreamEvent => {
    const chunk = {
      ...head,
      choices: [{ index, delta, finish_reason: last?.finish ?? null }],
      ...(last?.usage === undefined ? {} : { usage: last.usage }),
    };
    return { text: `data: ${JSON.stringify(chunk)}\n\n`, token: last === undefined };
  };
  const lastIndex = answer.choices.length - 1;
  const events = answer.choices.flatMap((choice, index) => {
    const calls = choice.toolCalls.length === 0 ? {} : { tool_calls: toolCallsOf(choice, stamp, index) };
    const usage = index === lastIndex && answer.usage !== undefined ? usageOf(answer.usage) : undefined;
    return [
      { ...event(index, { role: 'assistant', content: '' }), token: false },
      ...splitTokens(choice.reasoning ?? '').map((text) => event(index, { content: [thought(text)] })),
      ...splitIntoChunks(spoken(choice), answer.chunkCount).map((content) => event(index, { content })),
      event(index, { content: '', ...calls }, { finish: finishReasonOf(choice), usage }),
    ];
  });
  return [...events, { text: 'data: [DONE]\n\n', token: false }];
}

function headOf(answer: Answer, stamp: Stamp) {
  return { id: stamp.id, created: Math.floor(stamp.nowMs / 1000), model: answer.ask.model };
}

function contentOf(choice: AnswerChoice): string | Part[] {
  if (choice.reasoning === undefined) return spoken(choice);
  const thinking: Part = { ...thought(choice.reasoning), closed: true };
  return spoken(choice) === '' ? [thinking] : [thinking, { type: 'text', text: spoken(choice) }];
}

/** Mistral has no field for a refusal: the model just says so. */
function spoken(choice: AnswerChoice): string {
  return choice.refusal ?? choice.text;
}

function thought(text: string): Part & { type: 'thinking' } {
  return { type: 'thinking', thinking: [{ type: 'text', text }] };
}

function toolCallsOf(choice: AnswerChoice, stamp: Stamp, choiceIndex: number): WireToolCall[] {
  return choice.toolCalls.map((call, index) => ({
    // Mistral's own ids, and the only ones it takes back: nine letters and digits.
    id: digest([stamp.id, choiceIndex, index], 9),
    type: 'function',
    function: { name: call.name, arguments: JSON.stringify(call.arguments) },
    index,
  }));
}

function finishReasonOf(choice: AnswerChoice): Finish {
  // The script's word goes out as it is, also when it is none of Mistral's.
  if (choice.finishWord !== undefined) return choice.finishWord as Finish;
  if (choice.finish === 'length') return 'length';
  return choice.finish === 'tool-calls' ? 'tool_calls' : 'stop';
}

function usageOf(usage: NonNullable<Answer['usage']>): Usage {
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedInputTokens },
    ...(usage.costUsd === undefined ? {} : { cost: usage.costUsd }),
  };
}
