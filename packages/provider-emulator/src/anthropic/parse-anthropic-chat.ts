import type { Ask, AskCache, AskTool } from '../ask.ts';
import { isObject, type JsonObject } from '../json-value.ts';
import { checkAnthropicBody } from './check-anthropic-body.ts';
import { type AnthropicTurn, readAnthropicTurns } from './check-anthropic-messages.ts';
import { thinkingRules } from './thinking-rules.ts';

/** Tokens that the emulated model thinks for, by the effort asked; `high` is Anthropic's default. */
const REASONING_TOKENS: Record<string, number> = { low: 16, medium: 64, high: 192, xhigh: 384, max: 768 };

type Segment = { text: string; cacheControl: unknown };

/** Reads a messages request and refuses what Anthropic refuses. */
export function parseAnthropicChat(body: JsonObject): Ask {
  checkAnthropicBody(body);
  const thinks = isObject(body.thinking) && body.thinking.type === 'enabled';
  const turns = readAnthropicTurns(Array.isArray(body.messages) ? body.messages : [], thinks);
  const segments = segmentsOf(body, turns);
  const choice = isObject(body.tool_choice) ? body.tool_choice : {};
  return {
    model: String(body.model),
    stream: body.stream === true,
    streamUsage: true,
    prompt: promptOf(turns),
    segments: segments.map(({ text }) => text),
    messageCount: turns.length,
    tools: toolsOf(body.tools),
    toolChoice: toolChoiceOf(choice),
    parallelTools: choice.disable_parallel_tool_use !== true,
    answersToolResult: turns.at(-1)?.blocks.some((block) => block.type === 'tool_result') ?? false,
    output: outputOf(body.output_config),
    choices: 1,
    stop: (Array.isArray(body.stop_sequences) ? body.stop_sequences : []).map(String),
    maxTokens: Number(body.max_tokens),
    topLogprobs: undefined,
    seed: undefined,
    reasoningBudget: reasoningBudgetOf(body),
    reasoningShown: showsReasoning(body),
    cache: cacheOf(body, segments),
  };
}

function segmentsOf(body: JsonObject, turns: readonly AnthropicTurn[]): Segment[] {
  const tools = (Array.isArray(body.tools) ? body.tools : []).filter(isObject);
  const { system } = body;
  const systemBlocks =
    typeof system === 'string' ? [{ text: system }] : Array.isArray(system) ? system.filter(isObject) : [];
  return [
    ...tools.map(({ cache_control: cacheControl, ...tool }) => ({ text: JSON.stringify(tool), cacheControl })),
    ...systemBlocks.map((block) => segmentOf(block)),
    ...turns.flatMap((turn) => turn.blocks.map(segmentOf)),
  ];
}

function segmentOf(block: JsonObject): Segment {
  return { text: textOfBlock(block), cacheControl: block.cache_control };
}

function textOfBlock(block: JsonObject): string {
  if (typeof block.text === 'string') return block.text;
  if (typeof block.thinking === 'string') return block.thinking;
  if (block.type === 'tool_use') return `${String(block.name)} ${JSON.stringify(block.input)}`;
  if (block.type !== 'tool_result') return `[${String(block.type)}]`;
  const { content } = block;
  return Array.isArray(content) ? content.filter(isObject).map(textOfBlock).join('\n') : String(content ?? '');
}

/** Text blocks of the last user turn that has any. */
function promptOf(turns: readonly AnthropicTurn[]): string {
  const texts = turns
    .filter((turn) => turn.role === 'user')
    .map((turn) =>
      turn.blocks
        .filter((block) => block.type === 'text')
        .map(textOfBlock)
        .join('\n'),
    );
  return texts.findLast((text) => text !== '') ?? '';
}

function toolsOf(tools: unknown): AskTool[] {
  return (Array.isArray(tools) ? tools : []).filter(isObject).flatMap((tool) => {
    const schema = tool.input_schema;
    return isObject(schema) ? [{ name: String(tool.name), schema }] : [];
  });
}

function toolChoiceOf(choice: JsonObject): Ask['toolChoice'] {
  if (choice.type === 'any') return 'required';
  if (choice.type === 'none') return 'none';
  return choice.type === 'tool' ? { name: String(choice.name) } : 'auto';
}

function outputOf(config: unknown): Ask['output'] {
  const format = isObject(config) ? config.format : undefined;
  return isObject(format) && isObject(format.schema)
    ? { type: 'json_schema', schema: format.schema }
    : { type: 'text' };
}

function reasoningBudgetOf(body: JsonObject): number {
  const { thinking, output_config: config } = body;
  if (!isObject(thinking) || thinking.type === 'disabled') return 0;
  const effort = isObject(config) && typeof config.effort === 'string' ? config.effort : 'high';
  const wish = REASONING_TOKENS[effort] ?? 0;
  return typeof thinking.budget_tokens === 'number' ? Math.min(wish, thinking.budget_tokens) : wish;
}

function showsReasoning({ model, thinking }: JsonObject): boolean {
  const display = isObject(thinking) ? thinking.display : undefined;
  return typeof display === 'string' ? display !== 'omitted' : thinkingRules(String(model)).shown;
}

function cacheOf(body: JsonObject, segments: readonly Segment[]): AskCache {
  const marked = segments.flatMap(({ cacheControl }, index) =>
    isObject(cacheControl) ? [{ index, cacheControl }] : [],
  );
  // Marked at the top level, the request caches up to its last block.
  if (isObject(body.cache_control)) marked.push({ index: segments.length - 1, cacheControl: body.cache_control });
  const last = marked.at(-1);
  if (last === undefined) return { mode: 'none' };
  const lifetime = last.cacheControl.ttl === '1h' ? '1h' : '5m';
  return { mode: 'breakpoints', after: marked.map(({ index }) => index), lifetime };
}
