import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionTokenLogprob,
} from 'openai/resources/chat/completions';
import type { CompletionUsage } from 'openai/resources/completions';
import type { Answer, AnswerChoice } from '../answer.ts';
import { digest, pickNumber } from '../digest.ts';
import { splitIntoChunks, splitTokens } from '../split-tokens.ts';
import type { Stamp, StreamEvent } from '../wire-format.ts';

type FinishReason = ChatCompletion.Choice['finish_reason'];
/** OpenAI hides a model's thoughts; compatible hosts that show them call them `reasoning_content`, and a script may play one. */
type Message = ChatCompletion.Choice['message'] & { reasoning_content?: string };
type Delta = ChatCompletionChunk.Choice.Delta & { reasoning_content?: string };
type Usage = CompletionUsage & { cost?: number };
type Chunk = Omit<ChatCompletionChunk, 'usage'> & { usage?: Usage | null };

/** The body of a plain chat completion. */
export function renderOpenaiAnswer(answer: Answer, stamp: Stamp): ChatCompletion {
  return {
    ...headOf(answer, stamp),
    object: 'chat.completion',
    choices: answer.choices.map((choice, index) => ({
      index,
      message: messageOf(choice, toolIds(choice, stamp, index)),
      logprobs: logprobsOf(answer, choice.text),
      finish_reason: finishReasonOf(answer, choice),
    })),
    ...(answer.usage === undefined ? {} : { usage: usageOf(answer.usage) }),
  };
}

/** The events of a streamed chat completion, `[DONE]` last. */
export function renderOpenaiEvents(answer: Answer, stamp: Stamp): StreamEvent[] {
  const head = headOf(answer, stamp);
  const { streamUsage } = answer.ask;
  const usage = answer.usage === undefined ? undefined : usageOf(answer.usage);
  const announced = streamUsage && usage !== undefined && !answer.usageOnLastChoice;
  const event = (choices: Chunk['choices'], token: boolean, withUsage?: Usage): StreamEvent => {
    const reported = withUsage ?? (announced ? null : undefined);
    const chunk: Chunk = { ...head, object: 'chat.completion.chunk', choices };
    if (reported !== undefined) chunk.usage = reported;
    return { text: `data: ${JSON.stringify(chunk)}\n\n`, token };
  };
  const perChoice = answer.choices.map((choice, index) =>
    deltasOf(answer, choice, toolIds(choice, stamp, index)).map(({ delta, token, logprobs }) =>
      event([{ index, delta, logprobs: logprobs ?? null, finish_reason: null }], token),
    ),
  );
  const lastIndex = answer.choices.length - 1;
  const endings = answer.choices.map((choice, index) =>
    event(
      [{ index, delta: {}, logprobs: null, finish_reason: finishReasonOf(answer, choice) }],
      false,
      answer.usageOnLastChoice && index === lastIndex ? usage : undefined,
    ),
  );
  const usageEvent = announced ? [event([], false, usage)] : [];
  return [...interleave(perChoice), ...endings, ...usageEvent, { text: 'data: [DONE]\n\n', token: false }];
}

function headOf(answer: Answer, stamp: Stamp) {
  return {
    id: `chatcmpl-${stamp.id}`,
    created: Math.floor(stamp.nowMs / 1000),
    model: answer.ask.model,
    service_tier: 'default' as const,
    system_fingerprint: `fp_${digest(['fingerprint', answer.ask.model], 10)}`,
  };
}

function toolIds(choice: AnswerChoice, stamp: Stamp, index: number): string[] {
  return choice.toolCalls.map((_, call) => `call_${digest([stamp.id, index, call], 24)}`);
}

function messageOf(choice: AnswerChoice, ids: readonly string[]): Message {
  const silent = choice.refusal !== undefined || (choice.toolCalls.length > 0 && choice.text === '');
  const message: Message = {
    role: 'assistant',
    content: silent ? null : choice.text,
    refusal: choice.refusal ?? null,
    annotations: [],
  };
  if (choice.scriptedReasoning !== undefined) message.reasoning_content = choice.scriptedReasoning;
  if (choice.toolCalls.length > 0) {
    message.tool_calls = choice.toolCalls.map((call, index) => ({
      id: ids[index] ?? '',
      type: 'function',
      function: { name: call.name, arguments: JSON.stringify(call.arguments) },
    }));
  }
  return message;
}

type DeltaStep = { delta: Delta; token: boolean; logprobs?: ChatCompletionChunk.Choice.Logprobs | null };

function deltasOf(answer: Answer, choice: AnswerChoice, ids: readonly string[]): DeltaStep[] {
  const silent = choice.toolCalls.length > 0 && choice.text === '';
  const opening: Delta = { role: 'assistant', content: silent ? null : '', refusal: null };
  const thoughts = choice.scriptedReasoning !== undefined ? splitTokens(choice.scriptedReasoning) : [];
  const pieces = splitIntoChunks(choice.text, answer.chunkCount);
  return [
    { delta: opening, token: false },
    ...thoughts.map((thought) => ({ delta: { reasoning_content: thought }, token: true })),
    ...pieces.map((content) => ({ delta: { content }, token: true, logprobs: logprobsOf(answer, content) })),
    ...splitTokens(choice.refusal ?? '').map((refusal) => ({ delta: { refusal }, token: true })),
    ...choice.toolCalls.flatMap((call, index): DeltaStep[] => [
      {
        delta: {
          tool_calls: [{ index, id: ids[index] ?? '', type: 'function', function: { name: call.name, arguments: '' } }],
        },
        token: true,
      },
      ...splitTokens(JSON.stringify(call.arguments)).map((piece) => ({
        delta: { tool_calls: [{ index, function: { arguments: piece } }] },
        token: true,
      })),
    ]),
  ];
}

function finishReasonOf(answer: Answer, choice: AnswerChoice): FinishReason {
  // The script's word goes out as it is, also when it is none of OpenAI's.
  if (choice.finishWord !== undefined) return choice.finishWord as FinishReason;
  if (choice.finish === 'length') return 'length';
  // OpenAI says `stop` when the caller named the function.
  if (choice.finish === 'tool-calls') return typeof answer.ask.toolChoice === 'object' ? 'stop' : 'tool_calls';
  return 'stop';
}

function usageOf(usage: NonNullable<Answer['usage']>): Usage {
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedInputTokens, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoningTokens,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
    ...(usage.costUsd === undefined ? {} : { cost: usage.costUsd }),
  };
}

function logprobsOf(answer: Answer, text: string): ChatCompletion.Choice.Logprobs | null {
  const { topLogprobs } = answer.ask;
  if (topLogprobs === undefined) return null;
  const content = splitTokens(text).map((token, index) => tokenLogprob(token, index, topLogprobs));
  return { content, refusal: null };
}

function tokenLogprob(token: string, index: number, topLogprobs: number): ChatCompletionTokenLogprob {
  const own = { token, bytes: [...Buffer.from(token)], logprob: -(pickNumber(1000, [token, index]) + 1) / 10_000 };
  const others = Array.from({ length: Math.max(0, topLogprobs - 1) }, (_, rank) => {
    const other = ` other${rank + 1}`;
    return { token: other, bytes: [...Buffer.from(other)], logprob: own.logprob - 2 - rank };
  });
  return { ...own, top_logprobs: topLogprobs === 0 ? [] : [own, ...others] };
}

function interleave(perChoice: readonly StreamEvent[][]): StreamEvent[] {
  const longest = Math.max(...perChoice.map((events) => events.length));
  return Array.from({ length: longest }, (_, step) => perChoice.flatMap((events) => events[step] ?? [])).flat();
}
