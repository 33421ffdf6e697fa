import { isObject, type JsonObject } from '../json-value.ts';
import { anthropicRefusal } from './anthropic-faults.ts';
import { signThinking } from './sign-thinking.ts';

/** Consecutive messages of one role, merged as Anthropic merges them. */
export type AnthropicTurn = { role: 'user' | 'assistant'; blocks: readonly JsonObject[] };

const BLOCK_TYPES = [
  'document',
  'image',
  'redacted_thinking',
  'search_result',
  'text',
  'thinking',
  'tool_result',
].concat(['tool_use', 'server_tool_use', 'web_search_tool_result', 'web_fetch_tool_result', 'container_upload']);
const BLOCK_TAGS = BLOCK_TYPES.map((type) => `'${type}'`).join(', ');

/** Refuses messages as Anthropic does and merges neighbours of the same role. */
export function readAnthropicTurns(messages: readonly unknown[], thinks: boolean): AnthropicTurn[] {
  const turns: { role: 'user' | 'assistant'; blocks: JsonObject[] }[] = [];
  for (const [index, message] of messages.entries()) {
    const { role, blocks } = readMessage(message, index, index === messages.length - 1);
    const last = turns.at(-1);
    if (last?.role === role) last.blocks.push(...blocks);
    else turns.push({ role, blocks });
  }
  if (turns[0]?.role !== 'user') throw anthropicRefusal('messages: first message must use the "user" role');
  checkToolPairs(turns);
  checkEnding(turns, thinks);
  return turns;
}

function readMessage(
  message: unknown,
  index: number,
  isLast: boolean,
): { role: 'user' | 'assistant'; blocks: JsonObject[] } {
  const place = `messages.${index}`;
  if (!isObject(message)) throw anthropicRefusal(`${place}: Input should be a valid dictionary`);
  const { role, content } = message;
  if (role === 'system') {
    throw anthropicRefusal(
      'messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter, not "system" as an input message role.',
    );
  }
  if (role !== 'user' && role !== 'assistant') {
    throw anthropicRefusal(
      `messages: Unexpected role "${String(role)}". Allowed roles are "user" or "assistant". For more information, see the Messages API reference.`,
    );
  }
  const extra = Object.keys(message).find((name) => name !== 'role' && name !== 'content');
  if (extra !== undefined) throw anthropicRefusal(`${place}.${extra}: Extra inputs are not permitted`);
  if (content === undefined) throw anthropicRefusal(`${place}.content: Field required`);
  const isEmpty = content === '' || (Array.isArray(content) && content.length === 0);
  if (isEmpty && !(isLast && role === 'assistant')) {
    throw anthropicRefusal(
      `${place}: all messages must have non-empty content except for the optional final assistant message`,
    );
  }
  if (typeof content === 'string') return { role, blocks: content === '' ? [] : [{ type: 'text', text: content }] };
  if (!Array.isArray(content)) throw anthropicRefusal(`${place}.content: Input should be a valid string or list`);
  return { role, blocks: content.map((block, at) => readBlock(block, role, `${place}.content.${at}`)) };
}

function readBlock(block: unknown, role: 'user' | 'assistant', place: string): JsonObject {
  if (!isObject(block)) throw anthropicRefusal(`${place}: Input should be a valid dictionary`);
  const type = block.type;
  if (type === undefined) throw anthropicRefusal(`${place}.type: Field required`);
  if (typeof type !== 'string' || !BLOCK_TYPES.includes(type)) {
    throw anthropicRefusal(
      `${place}: Input tag '${String(type)}' found using 'type' does not match any of the expected tags: ${BLOCK_TAGS}`,
    );
  }
  if (role === 'user' && ['tool_use', 'thinking', 'redacted_thinking'].includes(type)) {
    throw anthropicRefusal(
      `${place.replace(/\.content.*/, '')}: \`${type}\` blocks can only be in \`assistant\` messages`,
    );
  }
  if (role === 'assistant' && ['tool_result', 'image', 'document'].includes(type)) {
    throw anthropicRefusal(`${place.replace(/\.content.*/, '')}: \`${type}\` blocks can only be in \`user\` messages`);
  }
  BLOCK_CHECKS[type]?.(block, place);
  return block;
}

const BLOCK_CHECKS: Record<string, (block: JsonObject, place: string) => void> = {
  text: (block, place) => {
    if (typeof block.text !== 'string') throw anthropicRefusal(`${place}.text.text: Field required`);
    if (block.text === '') throw anthropicRefusal('messages: text content blocks must be non-empty');
  },
  image: (block, place) => {
    const { source } = block;
    if (!isObject(source)) throw anthropicRefusal(`${place}.image.source: Field required`);
    const complete =
      (source.type === 'url' && typeof source.url === 'string') ||
      (source.type === 'file' && typeof source.file_id === 'string') ||
      (source.type === 'base64' && typeof source.data === 'string' && typeof source.media_type === 'string');
    if (!complete) throw anthropicRefusal(`${place}.image.source: Field required`);
  },
  tool_use: (block, place) => {
    for (const name of ['id', 'name']) {
      if (typeof block[name] !== 'string') throw anthropicRefusal(`${place}.tool_use.${name}: Field required`);
    }
    if (!/^[a-zA-Z0-9_-]+$/.test(String(block.id))) {
      throw anthropicRefusal(`${place}.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'`);
    }
    if (!isObject(block.input)) throw anthropicRefusal(`${place}.tool_use.input: Input should be a valid dictionary`);
  },
  tool_result: (block, place) => {
    if (typeof block.tool_use_id !== 'string')
      throw anthropicRefusal(`${place}.tool_result.tool_use_id: Field required`);
    const { content } = block;
    if (content === undefined || typeof content === 'string' || Array.isArray(content)) return;
    throw anthropicRefusal(`${place}.tool_result.content: Input should be a valid string or list`);
  },
  thinking: (block, place) => {
    const { thinking, signature } = block;
    if (typeof thinking !== 'string') throw anthropicRefusal(`${place}.thinking.thinking: Field required`);
    if (typeof signature !== 'string') throw anthropicRefusal(`${place}.thinking.signature: Field required`);
    if (signature === signThinking(thinking)) return;
    throw anthropicRefusal(`${place}: Invalid \`signature\` in \`thinking\` block`);
  },
  redacted_thinking: (_block, place) => {
    // This emulator never redacts, so whatever comes back was not written here.
    throw anthropicRefusal(`${place}: Invalid \`data\` in \`redacted_thinking\` block`);
  },
};

function checkToolPairs(turns: readonly AnthropicTurn[]): void {
  for (const [index, turn] of turns.entries()) {
    const called = idsOf(turns[index - 1], 'tool_use', 'id');
    for (const [at, block] of turn.blocks.entries()) {
      const id = String(block.tool_use_id);
      if (block.type !== 'tool_result' || called.includes(id)) continue;
      throw anthropicRefusal(
        `messages.${index}.content.${at}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
      );
    }
    const open = idsOf(turn, 'tool_use', 'id');
    const answered = leadingResults(turns[index + 1]);
    const unanswered = open.filter((id) => !answered.includes(id));
    if (unanswered.length === 0) continue;
    throw anthropicRefusal(
      `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${unanswered.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
    );
  }
}

/** Only results before any other content count as coming immediately after the call. */
function leadingResults(turn: AnthropicTurn | undefined): string[] {
  if (turn?.role !== 'user') return [];
  const end = turn.blocks.findIndex((block) => block.type !== 'tool_result');
  const leading = end < 0 ? turn.blocks : turn.blocks.slice(0, end);
  return leading.map((block) => String(block.tool_use_id));
}

function idsOf(turn: AnthropicTurn | undefined, type: string, field: string): string[] {
  return (turn?.blocks ?? []).filter((block) => block.type === type).map((block) => String(block[field]));
}

function checkEnding(turns: readonly AnthropicTurn[], thinks: boolean): void {
  const last = turns.at(-1);
  const lastText = last?.role === 'assistant' ? last.blocks.at(-1)?.text : undefined;
  if (typeof lastText === 'string' && /\s$/.test(lastText)) {
    throw anthropicRefusal('messages: final assistant content cannot end with trailing whitespace');
  }
  if (!thinks) return;
  const index = turns.findLastIndex((turn) => turn.role === 'assistant');
  // In a tool loop the turn that called must show the thinking that led to the call.
  const isToolLoop = last?.role === 'user' && last.blocks.some((block) => block.type === 'tool_result');
  const first = turns[index]?.blocks[0]?.type;
  if (index < 0 || !(isToolLoop || last?.role === 'assistant')) return;
  if (first === 'thinking' || first === 'redacted_thinking') return;
  throw anthropicRefusal(
    `messages.${index}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${String(first)}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks). We recommend you include thinking blocks from previous turns. To avoid this requirement, disable \`thinking\`.`,
  );
}
