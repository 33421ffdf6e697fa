import { isObject, type JsonObject, jsonTypeOf } from '../json-value.ts';
import { type MistralComplaint, mistralInvalid } from './mistral-faults.ts';

const CHAT_FIELDS = new Set(
  ['model', 'messages', 'temperature', 'top_p', 'max_tokens', 'stream', 'stop', 'random_seed', 'metadata', 'tools', 'n']
    .concat(['tool_choice', 'response_format', 'presence_penalty', 'frequency_penalty', 'prediction', 'prompt_mode'])
    .concat([
      'parallel_tool_calls',
      'reasoning_effort',
      'guardrails',
      'prompt_cache_key',
      'service_tier',
      'safe_prompt',
    ]),
);
const MESSAGE_FIELDS: Record<string, ReadonlySet<string>> = {
  system: new Set(['role', 'content']),
  user: new Set(['role', 'content']),
  assistant: new Set(['role', 'content', 'tool_calls', 'prefix']),
  tool: new Set(['role', 'content', 'tool_call_id', 'name']),
};
const PART_TYPES = ['text', 'image_url', 'document_url', 'reference', 'file', 'input_audio', 'thinking'];
const PART_TAGS = PART_TYPES.map((type) => `'${type}'`).join(', ');

type Place = readonly (string | number)[];

/** Refuses what Mistral's schema refuses, every complaint at once: extra, missing and wrongly typed fields. */
export function checkMistralChat(body: JsonObject): void {
  const complaints = [
    ...extras(body, CHAT_FIELDS, ['body']),
    ...missing(body, ['model', 'messages'], ['body']),
    ...wrongNumbers(body),
    ...wrongFlags(body),
    ...(Array.isArray(body.messages) ? body.messages : []).flatMap((message, index) =>
      checkMessage(message, ['body', 'messages', index]),
    ),
  ];
  const { messages } = body;
  if (messages !== undefined && !Array.isArray(messages)) {
    complaints.push(complaint('list_type', ['body', 'messages'], 'Input should be a valid list', messages));
  }
  if (complaints.length > 0) throw mistralInvalid(complaints);
}

function checkMessage(message: unknown, place: Place): MistralComplaint[] {
  if (!isObject(message))
    return [complaint('model_attributes_type', place, 'Input should be a valid dictionary', message)];
  const role = message.role;
  const fields = typeof role === 'string' ? MESSAGE_FIELDS[role] : undefined;
  if (typeof role !== 'string' || fields === undefined) {
    const msg = `Input tag '${String(role)}' found using 'role' does not match any of the expected tags: 'system', 'user', 'assistant', 'tool'`;
    return [complaint('union_tag_invalid', place, msg, message)];
  }
  const inside: Place = [...place, role];
  const needed = role === 'tool' ? ['content', 'tool_call_id'] : role === 'assistant' ? [] : ['content'];
  const { content } = message;
  return [
    ...extras(message, fields, inside),
    ...missing(message, needed, inside),
    ...(Array.isArray(content) ? content.flatMap((part, index) => checkPart(part, [...inside, 'content', index])) : []),
  ];
}

function checkPart(part: unknown, place: Place): MistralComplaint[] {
  const type = isObject(part) ? part.type : undefined;
  if (typeof type === 'string' && PART_TYPES.includes(type)) return [];
  const msg = `Input tag '${String(type)}' found using 'type' does not match any of the expected tags: ${PART_TAGS}`;
  return [complaint('union_tag_invalid', place, msg, part)];
}

const NUMBERS: Record<string, { whole: boolean; least: number; most: number }> = {
  temperature: { whole: false, least: 0, most: 1.5 },
  top_p: { whole: false, least: 0, most: 1 },
  presence_penalty: { whole: false, least: -2, most: 2 },
  frequency_penalty: { whole: false, least: -2, most: 2 },
  max_tokens: { whole: true, least: 0, most: Number.MAX_SAFE_INTEGER },
  random_seed: { whole: true, least: 0, most: Number.MAX_SAFE_INTEGER },
  n: { whole: true, least: 1, most: 128 },
};

function wrongNumbers(body: JsonObject): MistralComplaint[] {
  return Object.entries(NUMBERS).flatMap(([name, { whole, least, most }]) => {
    const value = body[name];
    if (value === undefined || value === null) return [];
    const type = jsonTypeOf(value);
    const place = ['body', name];
    if (type !== 'integer' && (whole || type !== 'number')) {
      const word = whole ? 'integer' : 'number';
      return [complaint(whole ? 'int_type' : 'float_type', place, `Input should be a valid ${word}`, value)];
    }
    if (Number(value) < least) {
      return [complaint('greater_than_equal', place, `Input should be greater than or equal to ${least}`, value)];
    }
    if (Number(value) > most) {
      return [complaint('less_than_equal', place, `Input should be less than or equal to ${most}`, value)];
    }
    return [];
  });
}

function wrongFlags(body: JsonObject): MistralComplaint[] {
  return ['stream', 'safe_prompt', 'parallel_tool_calls']
    .filter((name) => body[name] !== undefined && typeof body[name] !== 'boolean')
    .map((name) => complaint('bool_type', ['body', name], 'Input should be a valid boolean', body[name]));
}

/** Complaints about fields that are not in the list. */
export function extras(value: JsonObject, known: ReadonlySet<string>, place: Place): MistralComplaint[] {
  return Object.keys(value)
    .filter((name) => !known.has(name))
    .map((name) => complaint('extra_forbidden', [...place, name], 'Extra inputs are not permitted', value[name]));
}

/** Complaints about fields that must be there and are not. */
export function missing(value: JsonObject, names: readonly string[], place: Place): MistralComplaint[] {
  return names
    .filter((name) => value[name] === undefined)
    .map((name) => complaint('missing', [...place, name], 'Field required', value));
}

function complaint(type: string, loc: Place, msg: string, input: unknown): MistralComplaint {
  return { type, loc, msg, input };
}
