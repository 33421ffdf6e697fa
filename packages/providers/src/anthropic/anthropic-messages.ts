import type {
  ContentBlockParam,
  RedactedThinkingBlockParam,
  TextBlockParam,
  ThinkingBlockParam,
  ToolResultBlockParam,
} from '@anthropic-ai/sdk/resources/messages/messages';
import type { ChatRequest, Message, Provider, ToolCall } from '@pointsman/contracts';
import { isObject, parseJson } from '../json-value.ts';
import { partsOf } from '../requests/content-parts.ts';
import { fitToolCallId } from '../requests/tool-call-id.ts';
import { cacheControlOf, writeContentBlock } from './anthropic-content.ts';

export type Turn = { role: 'user' | 'assistant'; content: ContentBlockParam[] };
export type Conversation = { system: TextBlockParam[]; turns: Turn[] };

type AssistantMessage = Extract<Message, { role: 'assistant' }>;
type ThinkingBlock = ThinkingBlockParam | RedactedThinkingBlockParam;

/** The API wants a first turn from the user; a conversation that opens with the assistant's greeting has none. */
const OPENING = '(The conversation begins.)';

/**
 * OpenAI's messages as Anthropic's conversation: system and developer messages collected in order at the top, tool
 * results as user turns, neighbours of one role merged. Thinking blocks go back only when `provider` signed them.
 */
export function writeConversation(messages: ChatRequest['messages'], provider: Provider): Conversation {
  const system: TextBlockParam[] = [];
  const turns: Turn[] = [];
  for (const message of messages) {
    if (message.role === 'system' || message.role === 'developer') system.push(...systemBlocks(message));
    else addTurn(turns, message.role === 'assistant' ? 'assistant' : 'user', writeBlocks(message, provider));
  }
  // A system prompt alone is a question to a model that takes it as one.
  if (turns.length === 0) addTurn(turns, 'user', system.splice(-1));
  if (turns[0]?.role !== 'user') turns.unshift({ role: 'user', content: [{ type: 'text', text: OPENING }] });
  trimPrefill(turns);
  return { system, turns };
}

function addTurn(turns: Turn[], role: Turn['role'], content: ContentBlockParam[]): void {
  if (content.length === 0) return;
  const last = turns.at(-1);
  if (last?.role === role) last.content.push(...content);
  else turns.push({ role, content });
}

function systemBlocks(message: Message): TextBlockParam[] {
  const blocks = withMessageHint(message, contentBlocks(message));
  return blocks.filter((block) => block.type === 'text');
}

function writeBlocks(message: Message, provider: Provider): ContentBlockParam[] {
  if (message.role === 'assistant') return assistantBlocks(message, provider);
  if (message.role === 'tool') return [toolResult(message)];
  return withMessageHint(message, contentBlocks(message));
}

function contentBlocks(message: Message) {
  return partsOf(message.content)
    .map(writeContentBlock)
    .filter((block) => block !== undefined);
}

/** A cache hint on the message marks its last block. */
function withMessageHint<Block extends ContentBlockParam>(message: Message, blocks: Block[]): Block[] {
  const hint = cacheControlOf(message);
  return blocks.map((block, i) => (i === blocks.length - 1 ? { ...block, ...hint } : block));
}

function assistantBlocks(message: AssistantMessage, provider: Provider): ContentBlockParam[] {
  const refusal: TextBlockParam[] = message.refusal ? [{ type: 'text', text: message.refusal }] : [];
  const words = withMessageHint(message, [...contentBlocks(message), ...refusal]);
  return [...thinkingBlocks(message, provider), ...words, ...(message.tool_calls ?? []).map(toolUse)];
}

/** The message's own signed thinking; what another provider signed, or nobody, is left behind. */
export function thinkingBlocks(message: AssistantMessage, provider: Provider): ThinkingBlock[] {
  const blocks: ThinkingBlock[] = [];
  for (const detail of message.reasoning_details ?? []) {
    if (detail.provider !== provider.id) continue;
    if (detail.type === 'reasoning.encrypted' && detail.data)
      blocks.push({ type: 'redacted_thinking', data: detail.data });
    else if (detail.signature)
      blocks.push({ type: 'thinking', thinking: detail.text ?? '', signature: detail.signature });
  }
  return blocks;
}

const TOOL_ID = /^[a-zA-Z0-9_-]{1,64}$/;

function toolUse(call: ToolCall): ContentBlockParam {
  const id = fitToolCallId(call.id, TOOL_ID, 24);
  return {
    type: 'tool_use',
    id,
    name: call.function.name,
    input: toolInput(call.function.arguments),
    ...cacheControlOf(call),
  };
}

/** Arguments that are no JSON object (a model's slip, kept in the history) survive under one name. */
function toolInput(text: string): unknown {
  if (text.trim() === '') return {};
  const input = parseJson(text);
  return isObject(input) ? input : { arguments: text };
}

function toolResult(message: Extract<Message, { role: 'tool' }>): ToolResultBlockParam {
  const base = { type: 'tool_result', tool_use_id: fitToolCallId(message.tool_call_id, TOOL_ID, 24) } as const;
  const hint = cacheControlOf(message);
  if (typeof message.content === 'string') return { ...base, content: message.content, ...hint };
  return { ...base, content: contentBlocks(message), ...hint };
}

/** A last assistant turn is a prefill, and the API refuses one that ends in white space. */
function trimPrefill(turns: Turn[]): void {
  const last = turns.at(-1);
  const block = last?.role === 'assistant' ? last.content.at(-1) : undefined;
  if (block?.type === 'text') block.text = block.text.trimEnd() || '.';
}

/**
 * Whether the tool loop that is still open (tool results after the last user message) began with thinking that
 * `provider` signed; undefined when no loop is open.
 */
export function openLoopThinking(messages: ChatRequest['messages'], provider: Provider): boolean | undefined {
  const lastUser = messages.findLastIndex((message) => message.role === 'user');
  const first = messages.slice(lastUser + 1).find((message) => message.role === 'assistant');
  if (first === undefined || (first.tool_calls?.length ?? 0) === 0) return undefined;
  return thinkingBlocks(first, provider).length > 0;
}
