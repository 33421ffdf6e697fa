import type {
  Message,
  MessageDeltaUsage,
  RawMessageStreamEvent,
  StopReason,
  Usage,
} from '@anthropic-ai/sdk/resources/messages';
import type { Answer, AnswerChoice } from '../answer.ts';
import { digest } from '../digest.ts';
import { splitIntoChunks, splitTokens } from '../split-tokens.ts';
import type { Stamp, StreamEvent } from '../wire-format.ts';
import { signThinking } from './sign-thinking.ts';

type Block = Extract<Message['content'][number], { type: 'text' | 'thinking' | 'tool_use' }>;
/** Absent when the script keeps usage back, which Anthropic itself never does. */
type WireMessage = Omit<Message, 'usage'> & { usage?: Usage };
type EventOf<Type> = Extract<RawMessageStreamEvent, { type: Type }>;
type WireEvent =
  | { type: 'ping' }
  | { type: 'message_start'; message: WireMessage }
  | (Omit<EventOf<'message_delta'>, 'usage'> & { usage?: MessageDeltaUsage })
  | EventOf<'content_block_start' | 'content_block_delta' | 'content_block_stop' | 'message_stop'>;

/** The body of a plain message. */
export function renderAnthropicAnswer(answer: Answer, stamp: Stamp): WireMessage {
  const choice = choiceOf(answer);
  return {
    ...headOf(answer, stamp),
    content: blocksOf(choice, stamp),
    stop_reason: stopReasonOf(choice),
    stop_sequence: choice.stopSequence ?? null,
    stop_details: stopDetailsOf(choice),
    ...(answer.usage === undefined ? {} : { usage: usageOf(answer, answer.usage.outputTokens) }),
  };
}

/** The events of a streamed message, from `message_start` to `message_stop`. */
export function renderAnthropicEvents(answer: Answer, stamp: Stamp): StreamEvent[] {
  const choice = choiceOf(answer);
  const start = {
    ...headOf(answer, stamp),
    // One output token is what Anthropic counts when a message opens.
    ...(answer.usage === undefined ? {} : { usage: usageOf(answer, 1) }),
  };
  const blocks = blocksOf(choice, stamp).flatMap((block, index) => blockEvents(block, index, answer.chunkCount));
  const ping = event({ type: 'ping' });
  const firstBlockAt = blocks.length === 0 ? 0 : 1;
  return [
    event({ type: 'message_start', message: start }),
    ...blocks.slice(0, firstBlockAt),
    ping,
    ...blocks.slice(firstBlockAt),
    event({
      type: 'message_delta',
      delta: {
        stop_reason: stopReasonOf(choice),
        stop_sequence: choice.stopSequence ?? null,
        stop_details: stopDetailsOf(choice),
        container: null,
      },
      ...(answer.usage === undefined ? {} : { usage: deltaUsageOf(answer.usage) }),
    }),
    event({ type: 'message_stop' }),
  ];
}

function choiceOf(answer: Answer): AnswerChoice {
  const choice = answer.choices[0];
  if (choice === undefined) throw new Error('An answer needs a choice, got none.');
  return choice;
}

function headOf(answer: Answer, stamp: Stamp): Omit<Message, 'usage'> {
  return {
    id: `msg_01${stamp.id}`,
    type: 'message',
    role: 'assistant',
    model: answer.ask.model,
    content: [],
    container: null,
    diagnostics: null,
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
  };
}

function blocksOf(choice: AnswerChoice, stamp: Stamp): Block[] {
  const { reasoning } = choice;
  const text = choice.refusal ?? choice.text;
  return [
    ...(reasoning === undefined
      ? []
      : [{ type: 'thinking' as const, thinking: reasoning, signature: signThinking(reasoning) }]),
    ...(text === '' ? [] : [{ type: 'text' as const, text, citations: null }]),
    ...choice.toolCalls.map((call, index) => ({
      type: 'tool_use' as const,
      id: `toolu_01${digest([stamp.id, index], 22)}`,
      name: call.name,
      input: call.arguments,
      caller: { type: 'direct' as const },
    })),
  ];
}

function blockEvents(block: Block, index: number, chunkCount: number | undefined): StreamEvent[] {
  const opening = event({ type: 'content_block_start', index, content_block: emptied(block) });
  const deltas = deltasOf(block, chunkCount).map((delta) => event({ type: 'content_block_delta', index, delta }, true));
  return [opening, ...deltas, event({ type: 'content_block_stop', index })];
}

type Delta = EventOf<'content_block_delta'>['delta'];

function deltasOf(block: Block, chunkCount: number | undefined): Delta[] {
  if (block.type === 'text')
    return splitIntoChunks(block.text, chunkCount).map((text) => ({ type: 'text_delta', text }));
  if (block.type === 'thinking') {
    const thoughts = splitTokens(block.thinking).map((thinking): Delta => ({ type: 'thinking_delta', thinking }));
    return [...thoughts, { type: 'signature_delta', signature: block.signature }];
  }
  // Anthropic opens a tool's input with an empty piece.
  return ['', ...splitTokens(JSON.stringify(block.input))].map((piece) => ({
    type: 'input_json_delta',
    partial_json: piece,
  }));
}

function emptied(block: Block): Block {
  if (block.type === 'text') return { ...block, text: '' };
  return block.type === 'thinking' ? { ...block, thinking: '', signature: '' } : { ...block, input: {} };
}

function event(data: WireEvent, token = false): StreamEvent {
  return { text: `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`, token };
}

const STOP_REASONS: Record<AnswerChoice['finish'], StopReason> = {
  end: 'end_turn',
  length: 'max_tokens',
  'stop-sequence': 'stop_sequence',
  'tool-calls': 'tool_use',
  refusal: 'refusal',
};

function stopReasonOf(choice: AnswerChoice): StopReason {
  // The script's word goes out as it is, also when it is none of Anthropic's.
  return choice.finishWord === undefined ? STOP_REASONS[choice.finish] : (choice.finishWord as StopReason);
}

function stopDetailsOf(choice: AnswerChoice): Message['stop_details'] {
  return choice.refusal === undefined ? null : { type: 'refusal', category: null, explanation: choice.refusal };
}

function usageOf({ usage, ask }: Answer, outputTokens: number): Usage {
  const written = usage?.cacheWriteTokens ?? 0;
  const isLong = ask.cache.mode === 'breakpoints' && ask.cache.lifetime === '1h';
  return {
    input_tokens: freshTokens(usage),
    cache_creation_input_tokens: written,
    cache_read_input_tokens: usage?.cachedInputTokens ?? 0,
    cache_creation: {
      ephemeral_5m_input_tokens: isLong ? 0 : written,
      ephemeral_1h_input_tokens: isLong ? written : 0,
    },
    output_tokens: outputTokens,
    output_tokens_details: { thinking_tokens: outputTokens > 1 ? (usage?.reasoningTokens ?? 0) : 0 },
    server_tool_use: null,
    service_tier: 'standard',
    inference_geo: null,
    speed: null,
    ...(usage?.costUsd === undefined ? {} : { cost: usage.costUsd }),
  };
}

function deltaUsageOf(usage: NonNullable<Answer['usage']>): MessageDeltaUsage {
  return {
    input_tokens: freshTokens(usage),
    cache_creation_input_tokens: usage.cacheWriteTokens,
    cache_read_input_tokens: usage.cachedInputTokens,
    output_tokens: usage.outputTokens,
    output_tokens_details: { thinking_tokens: usage.reasoningTokens },
    server_tool_use: null,
  };
}

/** Anthropic's `input_tokens` leaves out what the cache read or wrote. */
function freshTokens(usage: Answer['usage']): number {
  if (usage === undefined) return 0;
  return Math.max(0, usage.inputTokens - usage.cachedInputTokens - usage.cacheWriteTokens);
}
