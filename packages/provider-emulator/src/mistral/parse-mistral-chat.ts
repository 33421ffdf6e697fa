import type { Ask, AskTool } from '../ask.ts';
import { isObject, type JsonObject } from '../json-value.ts';
import { checkMistralChat } from './check-mistral-body.ts';
import { checkMistralOrder } from './check-mistral-order.ts';

/** Mistral caches prefixes in blocks of 64 tokens. */
const CACHE_GRANULE = 64;

const REASONING_TOKENS: Record<string, number> = { none: 0, minimal: 8, low: 16, medium: 64, high: 192, xhigh: 384 };

/** Reads a chat completion request and refuses what Mistral refuses. */
export function parseMistralChat(body: JsonObject): Ask {
  checkMistralChat(body);
  const messages = (Array.isArray(body.messages) ? body.messages : []).filter(isObject);
  checkMistralOrder(messages);
  const texts = messages.map(textOfMessage);
  const tools = toolsOf(body.tools);
  return {
    model: String(body.model),
    stream: body.stream === true,
    streamUsage: true,
    prompt: texts[messages.findLastIndex((message) => message.role === 'user')] ?? '',
    segments: [...(tools.length === 0 ? [] : [JSON.stringify(body.tools)]), ...texts],
    messageCount: messages.length,
    tools,
    toolChoice: toolChoiceOf(body.tool_choice),
    parallelTools: body.parallel_tool_calls !== false,
    answersToolResult: messages.at(-1)?.role === 'tool',
    output: outputOf(body.response_format),
    choices: typeof body.n === 'number' ? body.n : 1,
    stop: [body.stop ?? []].flat().map(String),
    maxTokens: typeof body.max_tokens === 'number' ? body.max_tokens : undefined,
    topLogprobs: undefined,
    seed: typeof body.random_seed === 'number' ? body.random_seed : undefined,
    reasoningBudget: reasoningBudgetOf(body),
    reasoningShown: true,
    cache: { mode: 'automatic', granule: CACHE_GRANULE },
  };
}

function textOfMessage(message: JsonObject): string {
  const { content } = message;
  const parts = Array.isArray(content) ? content.filter(isObject).map(textOfPart) : [String(content ?? '')];
  const calls = Array.isArray(message.tool_calls) ? [JSON.stringify(message.tool_calls)] : [];
  return [...parts, ...calls].filter((part) => part !== '').join('\n');
}

function textOfPart(part: JsonObject): string {
  if (typeof part.text === 'string') return part.text;
  if (Array.isArray(part.thinking)) return part.thinking.filter(isObject).map(textOfPart).join('');
  return `[${String(part.type)}]`;
}

function toolsOf(tools: unknown): AskTool[] {
  return (Array.isArray(tools) ? tools : []).filter(isObject).flatMap((tool) => {
    const called = tool.function;
    if (!isObject(called)) return [];
    return [
      {
        name: String(called.name),
        schema: isObject(called.parameters) ? called.parameters : { type: 'object' },
      },
    ];
  });
}

function toolChoiceOf(choice: unknown): Ask['toolChoice'] {
  if (choice === 'any' || choice === 'required') return 'required';
  if (choice === 'none') return 'none';
  if (isObject(choice) && isObject(choice.function)) return { name: String(choice.function.name) };
  return 'auto';
}

function outputOf(format: unknown): Ask['output'] {
  if (!isObject(format)) return { type: 'text' };
  if (format.type === 'json_object') return { type: 'json_object' };
  if (format.type !== 'json_schema') return { type: 'text' };
  const named = isObject(format.json_schema) ? format.json_schema : {};
  return { type: 'json_schema', schema: isObject(named.schema) ? named.schema : { type: 'object' } };
}

function reasoningBudgetOf(body: JsonObject): number {
  const thinks = String(body.model).startsWith('magistral') || body.prompt_mode === 'reasoning';
  return REASONING_TOKENS[String(body.reasoning_effort ?? (thinks ? 'medium' : 'none'))] ?? 0;
}
