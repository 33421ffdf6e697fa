import type { Ask, AskTool } from '../ask.ts';
import { isObject, type JsonObject } from '../json-value.ts';
import { checkOpenaiMessages } from './check-openai-messages.ts';
import { checkOpenaiParameters, checkOpenaiSchemas, isReasoningModel } from './check-openai-parameters.ts';
import { openaiRefusal } from './openai-faults.ts';

/** OpenAI caches prefixes in steps of 128 tokens. */
const CACHE_GRANULE = 128;

/** Tokens that the emulated model thinks for, by the effort asked. */
const REASONING_TOKENS: Record<string, number> = {
  none: 0,
  minimal: 0,
  low: 16,
  medium: 64,
  high: 192,
  xhigh: 384,
  max: 768,
};

/** Reads a chat completion request and refuses what OpenAI refuses. */
export function parseOpenaiChat(body: JsonObject): Ask {
  if (typeof body.model !== 'string') throw openaiRefusal('you must provide a model parameter', null, null);
  if (body.messages == null) {
    throw openaiRefusal("Missing required parameter: 'messages'.", 'messages', 'missing_required_parameter');
  }
  checkOpenaiParameters(body);
  checkOpenaiSchemas(body);
  const given = Array.isArray(body.messages) ? body.messages : [];
  if (given.length === 0) {
    throw openaiRefusal(
      "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
      'messages',
      'empty_array',
    );
  }
  const messages = checkOpenaiMessages(given);
  const texts = messages.map(textOfMessage);
  const tools = toolsOf(body);
  const output = outputOf(body);
  if (output.type === 'json_object' && !texts.some((text) => /json/i.test(text))) {
    throw openaiRefusal(
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
      'messages',
      null,
    );
  }
  const toolText = tools.length === 0 ? [] : [JSON.stringify(body.tools)];
  return {
    model: body.model,
    stream: body.stream === true,
    streamUsage: isObject(body.stream_options) && body.stream_options.include_usage === true,
    prompt: texts[messages.findLastIndex((message) => message.role === 'user')] ?? '',
    segments: [...toolText, ...texts],
    messageCount: messages.length,
    tools,
    toolChoice: toolChoiceOf(body.tool_choice),
    parallelTools: body.parallel_tool_calls !== false,
    answersToolResult: messages.at(-1)?.role === 'tool',
    output,
    choices: typeof body.n === 'number' ? body.n : 1,
    stop: [body.stop ?? []].flat().map(String),
    maxTokens: [body.max_completion_tokens, body.max_tokens].find((value) => typeof value === 'number'),
    topLogprobs: body.logprobs === true ? Number(body.top_logprobs ?? 0) : undefined,
    seed: typeof body.seed === 'number' ? body.seed : undefined,
    reasoningBudget: reasoningBudgetOf(body),
    reasoningShown: true,
    cache: { mode: 'automatic', granule: CACHE_GRANULE },
  };
}

/** Images and files are named, not read. */
function textOfMessage(message: JsonObject): string {
  const content = message.content;
  const parts = Array.isArray(content) ? content.filter(isObject).map(textOfPart) : [String(content ?? '')];
  const calls = Array.isArray(message.tool_calls) ? [JSON.stringify(message.tool_calls)] : [];
  return [...parts, ...calls].filter((part) => part !== '').join('\n');
}

function textOfPart(part: JsonObject): string {
  if (typeof part.text === 'string') return part.text;
  if (typeof part.refusal === 'string') return part.refusal;
  return `[${String(part.type)}]`;
}

function toolsOf(body: JsonObject): AskTool[] {
  const tools = Array.isArray(body.tools) ? body.tools : [];
  return tools.filter(isObject).flatMap((tool) => {
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
  if (choice === 'none' || choice === 'required') return choice;
  if (isObject(choice) && isObject(choice.function)) return { name: String(choice.function.name) };
  return 'auto';
}

function outputOf(body: JsonObject): Ask['output'] {
  const format = body.response_format;
  if (!isObject(format)) return { type: 'text' };
  if (format.type === 'json_object') return { type: 'json_object' };
  if (format.type !== 'json_schema') return { type: 'text' };
  const named = isObject(format.json_schema) ? format.json_schema : {};
  return { type: 'json_schema', schema: isObject(named.schema) ? named.schema : { type: 'object' } };
}

function reasoningBudgetOf(body: JsonObject): number {
  const effort = body.reasoning_effort ?? (isReasoningModel(String(body.model)) ? 'medium' : 'none');
  return REASONING_TOKENS[String(effort)] ?? 0;
}
