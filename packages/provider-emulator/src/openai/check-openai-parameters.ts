import { isObject, type JsonObject, jsonTypeOf } from '../json-value.ts';
import { openaiRefusal } from './openai-faults.ts';
import { openaiTypeName } from './openai-type-name.ts';

/** Words of other formats and of the gateway. OpenAI knows none of them, nor does a host that follows it. */
const FOREIGN = [
  'pointsman',
  'system',
  'stop_sequences',
  'top_k',
  'random_seed',
  'safe_prompt',
  'prompt_mode',
  'thinking',
].concat(['output_config', 'max_output_tokens', 'guardrails', 'anthropic_version']);

type Rule = { expected: string; types: readonly string[]; least?: number; most?: number };
const decimal = (least: number, most: number): Rule => ({
  expected: 'a decimal',
  types: ['integer', 'number'],
  least,
  most,
});
const integer = (least?: number, most?: number): Rule => ({
  expected: 'an integer',
  types: ['integer'],
  ...(least === undefined ? {} : { least }),
  ...(most === undefined ? {} : { most }),
});
const boolean: Rule = { expected: 'a boolean', types: ['boolean'] };
const text: Rule = { expected: 'a string', types: ['string'] };
const object: Rule = { expected: 'an object', types: ['object'] };
const objects: Rule = { expected: 'an array of objects', types: ['array'] };

const RULES: Record<string, Rule> = {
  messages: objects,
  tools: objects,
  temperature: decimal(0, 2),
  top_p: decimal(0, 1),
  frequency_penalty: decimal(-2, 2),
  presence_penalty: decimal(-2, 2),
  n: integer(1, 128),
  seed: integer(),
  max_tokens: integer(1),
  max_completion_tokens: integer(1),
  top_logprobs: integer(0, 20),
  stream: boolean,
  logprobs: boolean,
  parallel_tool_calls: boolean,
  store: boolean,
  user: text,
  reasoning_effort: text,
  verbosity: text,
  service_tier: text,
  prompt_cache_key: text,
  stream_options: object,
  response_format: object,
  logit_bias: object,
  metadata: object,
};

/** Refuses parameters as OpenAI does: foreign names, wrong types, values out of range, combinations. */
export function checkOpenaiParameters(body: JsonObject): void {
  for (const name of FOREIGN) {
    if (name in body) throw openaiRefusal(`Unknown parameter: '${name}'.`, name, 'unknown_parameter');
  }
  for (const [name, rule] of Object.entries(RULES)) {
    if (body[name] !== undefined && body[name] !== null) checkRule(name, body[name], rule);
  }
  checkCombinations(body);
  checkReasoningModel(body);
}

function checkRule(name: string, value: unknown, rule: Rule): void {
  if (!rule.types.includes(jsonTypeOf(value))) {
    throw openaiRefusal(
      `Invalid type for '${name}': expected ${rule.expected}, but got ${openaiTypeName(value)} instead.`,
      name,
      'invalid_type',
    );
  }
  if (typeof value !== 'number') return;
  const word = rule.expected === 'an integer' ? 'integer' : 'decimal';
  if (rule.least !== undefined && value < rule.least)
    throw outOfRange(name, value, [word, 'below minimum', '>=', rule.least]);
  if (rule.most !== undefined && value > rule.most)
    throw outOfRange(name, value, [word, 'above maximum', '<=', rule.most]);
}

function outOfRange(name: string, value: number, [word, place, sign, bound]: [string, string, string, number]): Error {
  return openaiRefusal(
    `Invalid '${name}': ${word} ${place} value. Expected a value ${sign} ${bound}, but got ${value} instead.`,
    name,
    `${word}_${place.replace(' ', '_')}_value`,
  );
}

function checkCombinations(body: JsonObject): void {
  const given = (name: string): boolean => body[name] !== undefined && body[name] !== null;
  if (given('max_tokens') && given('max_completion_tokens')) {
    throw openaiRefusal(
      "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
      'max_tokens',
      'invalid_parameter_combination',
    );
  }
  if (given('stream_options') && body.stream !== true) {
    throw openaiRefusal(
      "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
      'stream_options',
      null,
    );
  }
  if (given('top_logprobs') && body.logprobs !== true) {
    throw openaiRefusal(
      "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.",
      'top_logprobs',
      null,
    );
  }
  for (const name of ['tool_choice', 'parallel_tool_calls']) {
    if (!given(name) || given('tools') || body[name] === 'none') continue;
    throw openaiRefusal(
      `Invalid value for '${name}': '${name}' is only allowed when 'tools' are specified.`,
      name,
      null,
    );
  }
}

/** OpenAI's models that think before they answer. */
export function isReasoningModel(model: string): boolean {
  return /^(o\d|gpt-[5-9])/.test(model) && !model.includes('chat');
}

function checkReasoningModel(body: JsonObject): void {
  const model = String(body.model);
  if (!isReasoningModel(model)) {
    if (/^gpt-[34]/.test(model) && body.reasoning_effort != null) {
      throw openaiRefusal('Unrecognized request argument supplied: reasoning_effort', null, null);
    }
    return;
  }
  if (body.max_tokens != null) {
    throw openaiRefusal(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      'max_tokens',
      'unsupported_parameter',
    );
  }
  for (const name of ['logprobs', 'top_logprobs', 'logit_bias', 'stop']) {
    if (body[name] == null || body[name] === false) continue;
    throw openaiRefusal(
      `Unsupported parameter: '${name}' is not supported with this model.`,
      name,
      'unsupported_parameter',
    );
  }
  const fixed = { temperature: 1, top_p: 1, presence_penalty: 0, frequency_penalty: 0 };
  for (const [name, only] of Object.entries(fixed)) {
    if (body[name] == null || body[name] === only) continue;
    throw openaiRefusal(
      `Unsupported value: '${name}' does not support ${String(body[name])} with this model. Only the default (${only}) value is supported.`,
      name,
      'unsupported_value',
    );
  }
}

/** Refuses tools and a response format whose schemas OpenAI would refuse. */
export function checkOpenaiSchemas(body: JsonObject): void {
  for (const [index, tool] of (Array.isArray(body.tools) ? body.tools : []).entries()) {
    const name = isObject(tool) && isObject(tool.function) ? tool.function.name : undefined;
    const path = `tools[${index}].function.name`;
    if (typeof name !== 'string') {
      throw openaiRefusal(`Missing required parameter: '${path}'.`, path, 'missing_required_parameter');
    }
    if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) {
      throw openaiRefusal(
        `Invalid '${path}': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`,
        path,
        'invalid_value',
      );
    }
  }
  checkToolChoice(body);
  const format = body.response_format;
  if (!isObject(format) || format.type !== 'json_schema') return;
  const named = format.json_schema;
  if (!isObject(named) || typeof named.name !== 'string') {
    const path = 'response_format.json_schema.name';
    throw openaiRefusal(`Missing required parameter: '${path}'.`, path, 'missing_required_parameter');
  }
  if (named.strict === true) checkStrict(named.schema, named.name, []);
}

function checkToolChoice(body: JsonObject): void {
  const choice = body.tool_choice;
  if (!isObject(choice) || !isObject(choice.function)) return;
  const wanted = choice.function.name;
  const tools = (Array.isArray(body.tools) ? body.tools : []).filter(isObject);
  if (tools.some((tool) => isObject(tool.function) && tool.function.name === wanted)) return;
  throw openaiRefusal(`Tool choice '${String(wanted)}' not found in 'tools' parameter.`, 'tool_choice', null);
}

function checkStrict(schema: unknown, name: string, context: readonly string[]): void {
  if (!isObject(schema)) return;
  const fail = (why: string): Error =>
    openaiRefusal(
      `Invalid schema for response_format '${name}': In context=(${context.map((step) => `'${step}'`).join(', ')}), ${why}`,
      'response_format',
      null,
    );
  const properties = schema.properties;
  if (schema.type === 'object' || isObject(properties)) {
    if (schema.additionalProperties !== false)
      throw fail("'additionalProperties' is required to be supplied and to be false.");
    const required = Array.isArray(schema.required) ? schema.required : [];
    const absent = Object.keys(isObject(properties) ? properties : {}).find((key) => !required.includes(key));
    if (absent !== undefined) {
      throw fail(
        `'required' is required to be supplied and to be an array including every key in properties. Missing '${absent}'.`,
      );
    }
  }
  for (const [key, child] of Object.entries(isObject(properties) ? properties : {})) {
    checkStrict(child, name, [...context, 'properties', key]);
  }
  if ('items' in schema) checkStrict(schema.items, name, [...context, 'items']);
}
