import { errorInReply, malformedReply } from '../failures/reply-error.ts';
import { type JsonObject, objectOf, textOf } from '../json-value.ts';
import { openAiUsageJson } from '../openai/openai-usage-json.ts';
import { countReplyChars, parseReply } from '../openai/read-openai-reply.ts';
import type { ReadReply, ReplyContext } from '../wire-format.ts';
import { classifyAnthropicFailure } from './classify-anthropic-failure.ts';
import { readAnthropicUsage } from './read-anthropic-usage.ts';
import { REPLY_TOOL } from './write-anthropic-request.ts';

const FINISH_REASONS: Record<string, string> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  pause_turn: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
};

/** OpenAI's finish reason; `gaveReply` when the only tool called was the one that carries a JSON reply. */
export function finishReason(stopReason: unknown, gaveReply: boolean): string {
  if (stopReason === 'tool_use' && gaveReply) return 'stop';
  return FINISH_REASONS[String(stopReason)] ?? 'stop';
}

/** What the model's refusal is told as; undefined for any other ending. */
export function refusalText(stopReason: unknown, stopDetails: unknown): string | undefined {
  if (stopReason !== 'refusal') return undefined;
  return textOf(objectOf(stopDetails).explanation) ?? 'The model declined to answer this request.';
}

/** A thinking block in the shape that goes back to the provider that signed it. */
export function reasoningDetail(block: JsonObject, providerId: string, index: number): JsonObject {
  const base = { format: 'anthropic-claude-v1', index, provider: providerId };
  if (block.type === 'redacted_thinking') return { type: 'reasoning.encrypted', data: block.data, ...base };
  return { type: 'reasoning.text', text: block.thinking ?? '', signature: block.signature ?? null, ...base };
}

/** Anthropic's message as OpenAI's chat completion. */
export function readAnthropicReply(body: Buffer, context: ReplyContext): ReadReply {
  const reply = parseReply(body);
  if (reply.type === 'error')
    throw errorInReply(classifyAnthropicFailure({ status: undefined, headers: {}, body: reply }));
  if (!Array.isArray(reply.content)) throw malformedReply('it has no content', body);
  const blocks = reply.content.map(objectOf);
  const usage = readAnthropicUsage(objectOf(reply.usage));
  const usageJson = openAiUsageJson(usage);
  const completion = {
    id: textOf(reply.id) ?? '',
    object: 'chat.completion',
    created: context.createdSeconds,
    model: textOf(reply.model) ?? context.model.upstreamModel,
    choices: [
      {
        index: 0,
        message: writeMessage(blocks, reply, context.provider.id),
        logprobs: null,
        finish_reason: finishReason(reply.stop_reason, blocks.some(isReply)),
      },
    ],
    ...(usageJson && { usage: usageJson }),
  };
  return { body: JSON.stringify(completion), usage, outputChars: countReplyChars(completion) };
}

function isReply(block: JsonObject): boolean {
  return block.type === 'tool_use' && block.name === REPLY_TOOL;
}

function writeMessage(blocks: JsonObject[], reply: JsonObject, providerId: string): JsonObject {
  const content = blocks
    .flatMap((block) => (isReply(block) ? JSON.stringify(block.input) : (textOf(block.text) ?? [])))
    .join('');
  const thoughts = blocks.filter((block) => block.type === 'thinking' || block.type === 'redacted_thinking');
  const reasoning = thoughts.flatMap((block) => textOf(block.thinking) ?? []).join('\n\n');
  const calls = blocks.filter((block) => block.type === 'tool_use' && !isReply(block));
  return {
    role: 'assistant',
    content: content === '' && (calls.length > 0 || reply.stop_reason === 'refusal') ? null : content,
    refusal: refusalText(reply.stop_reason, reply.stop_details) ?? null,
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(thoughts.length > 0 && {
      reasoning_details: thoughts.map((block, i) => reasoningDetail(block, providerId, i)),
    }),
    ...(calls.length > 0 && { tool_calls: calls.map(toolCall) }),
  };
}

function toolCall(block: JsonObject): JsonObject {
  return {
    id: block.id,
    type: 'function',
    function: { name: block.name, arguments: JSON.stringify(block.input ?? {}) },
  };
}
