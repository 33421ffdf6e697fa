import { isObject, type JsonObject } from '../json-value.ts';
import { openaiRefusal } from './openai-faults.ts';
import { openaiTypeName } from './openai-type-name.ts';

const ROLES = ['system', 'assistant', 'user', 'function', 'tool', 'developer'];
const PART_TYPES: Record<string, readonly string[]> = {
  system: ['text'],
  developer: ['text'],
  user: ['text', 'image_url', 'input_audio', 'file'],
  assistant: ['text', 'refusal'],
  tool: ['text'],
  function: ['text'],
};

/** Refuses messages as OpenAI does: shape, roles, content, and tool messages that answer no call. */
export function checkOpenaiMessages(messages: readonly unknown[]): JsonObject[] {
  const checked = messages.map((message, index) => checkMessage(message, `messages[${index}]`));
  checkToolAnswers(checked);
  return checked;
}

function checkMessage(message: unknown, path: string): JsonObject {
  if (!isObject(message)) {
    throw openaiRefusal(
      `Invalid type for '${path}': expected an object, but got ${openaiTypeName(message)} instead.`,
      path,
      'invalid_type',
    );
  }
  const role = message.role;
  if (role === undefined) throw missing(`${path}.role`);
  if (typeof role !== 'string' || !ROLES.includes(role)) {
    throw openaiRefusal(
      `Invalid value: '${String(role)}'. Supported values are: ${quoteList(ROLES)}.`,
      `${path}.role`,
      'invalid_value',
    );
  }
  checkContent(message, role, path);
  if (role === 'tool' && typeof message.tool_call_id !== 'string') throw missing(`${path}.tool_call_id`);
  if (role === 'assistant') checkToolCalls(message.tool_calls, `${path}.tool_calls`);
  return message;
}

function checkContent(message: JsonObject, role: string, path: string): void {
  const content = message.content;
  if (content === undefined || content === null) {
    const mayBeSilent = role === 'assistant' && (message.tool_calls ?? message.refusal ?? message.audio) != null;
    if (mayBeSilent) return;
    if (content === undefined) throw missing(`${path}.content`);
    throw openaiRefusal(
      "Invalid value for 'content': expected a string, got null.",
      `messages.[${path.replace(/\D/g, '')}].content`,
      null,
    );
  }
  if (typeof content === 'string') return;
  if (!Array.isArray(content)) {
    throw openaiRefusal(
      `Invalid type for '${path}.content': expected one of a string or array of objects, but got ${openaiTypeName(content)} instead.`,
      `${path}.content`,
      'invalid_type',
    );
  }
  for (const [index, part] of content.entries()) checkPart(part, role, `${path}.content[${index}]`);
}

function checkPart(part: unknown, role: string, path: string): void {
  const allowed = PART_TYPES[role] ?? [];
  const type = isObject(part) ? part.type : undefined;
  if (!isObject(part) || type === undefined) throw missing(`${path}.type`);
  if (typeof type !== 'string' || !allowed.includes(type)) {
    throw openaiRefusal(
      `Invalid value: '${String(type)}'. Supported values are: ${quoteList(allowed)}.`,
      `${path}.type`,
      'invalid_value',
    );
  }
  if (type === 'text' && typeof part.text !== 'string') throw missing(`${path}.text`);
  if (type !== 'image_url') return;
  const image = part.image_url;
  if (!isObject(image) || typeof image.url !== 'string') throw missing(`${path}.image_url.url`);
}

function checkToolCalls(calls: unknown, path: string): void {
  if (calls === undefined || calls === null) return;
  if (!Array.isArray(calls)) {
    throw openaiRefusal(
      `Invalid type for '${path}': expected an array of objects, but got ${openaiTypeName(calls)} instead.`,
      path,
      'invalid_type',
    );
  }
  if (calls.length === 0) {
    throw openaiRefusal(
      `Invalid '${path}': empty array. Expected an array with minimum length 1, but got an empty array instead.`,
      path,
      'empty_array',
    );
  }
  for (const [index, call] of calls.entries()) {
    if (!isObject(call) || typeof call.id !== 'string') throw missing(`${path}[${index}].id`);
    if (call.type !== 'function') throw missing(`${path}[${index}].type`);
    const called = call.function;
    if (!isObject(called) || typeof called.name !== 'string') throw missing(`${path}[${index}].function.name`);
    if (typeof called.arguments === 'string') continue;
    throw openaiRefusal(
      `Invalid type for '${path}[${index}].function.arguments': expected a string, but got ${openaiTypeName(called.arguments)} instead.`,
      `${path}[${index}].function.arguments`,
      'invalid_type',
    );
  }
}

function checkToolAnswers(messages: readonly JsonObject[]): void {
  let open = new Set<string>();
  for (const [index, message] of messages.entries()) {
    if (message.role === 'tool') {
      if (open.delete(String(message.tool_call_id))) continue;
      throw openaiRefusal(
        "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
        `messages.[${index}].role`,
        null,
      );
    }
    if (open.size > 0) throw unanswered(open, index);
    open = toolCallIds(message);
  }
  if (open.size > 0) throw unanswered(open, messages.length);
}

function toolCallIds(message: JsonObject): Set<string> {
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls : [];
  return new Set(calls.filter(isObject).map((call) => String(call.id)));
}

function unanswered(open: ReadonlySet<string>, index: number): Error {
  return openaiRefusal(
    `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${[...open].join(', ')}`,
    `messages.[${index}].role`,
    null,
  );
}

function missing(param: string): Error {
  return openaiRefusal(`Missing required parameter: '${param}'.`, param, 'missing_required_parameter');
}

function quoteList(words: readonly string[]): string {
  const quoted = words.map((word) => `'${word}'`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)}`;
}
