import { isObject, type JsonObject, jsonTypeOf } from '../json-value.ts';
import { anthropicRefusal } from './anthropic-faults.ts';
import { type ThinkingRules, thinkingRules } from './thinking-rules.ts';

const FIELDS = new Set(
  [
    'model',
    'messages',
    'max_tokens',
    'cache_control',
    'container',
    'context_management',
    'diagnostics',
    'inference_geo',
  ]
    .concat(['mcp_servers', 'metadata', 'output_config', 'service_tier', 'speed', 'stop_sequences', 'stream', 'system'])
    .concat(['temperature', 'thinking', 'tool_choice', 'tools', 'top_k', 'top_p', 'user_profile_id', 'workspace_id']),
);
const TOOL_FIELDS = new Set(
  ['name', 'description', 'input_schema', 'type', 'cache_control', 'strict', 'allowed_callers', 'defer_loading'].concat(
    ['eager_input_streaming', 'input_examples'],
  ),
);
const MAXIMUM_BREAKPOINTS = 4;
const MINIMUM_THINKING_BUDGET = 1024;

/** Refuses top-level fields as Anthropic does: unknown, missing, of the wrong type, out of range, contradictory. */
export function checkAnthropicBody(body: JsonObject): void {
  for (const name of ['model', 'messages', 'max_tokens']) {
    if (body[name] === undefined || body[name] === null) throw anthropicRefusal(`${name}: Field required`);
  }
  const extra = Object.keys(body).find((name) => !FIELDS.has(name));
  if (extra !== undefined) throw anthropicRefusal(`${extra}: Extra inputs are not permitted`);
  checkTypes(body);
  checkTools(body);
  checkThinking(body);
  checkOutputSchema(body);
  const breakpoints = countBreakpoints(body);
  if (breakpoints > MAXIMUM_BREAKPOINTS) {
    throw anthropicRefusal(
      `A maximum of ${MAXIMUM_BREAKPOINTS} blocks with cache_control may be provided. Found ${breakpoints}.`,
    );
  }
}

function checkTypes(body: JsonObject): void {
  if (typeof body.model !== 'string') throw anthropicRefusal('model: Input should be a valid string');
  if (!Array.isArray(body.messages)) throw anthropicRefusal('messages: Input should be a valid list');
  if (body.messages.length === 0) throw anthropicRefusal('messages: at least one message is required');
  if (jsonTypeOf(body.max_tokens) !== 'integer') throw anthropicRefusal('max_tokens: Input should be a valid integer');
  if (Number(body.max_tokens) < 1) throw anthropicRefusal('max_tokens: Input should be greater than or equal to 1');
  for (const name of ['temperature', 'top_p']) {
    const value = body[name];
    if (value === undefined) continue;
    if (typeof value !== 'number') throw anthropicRefusal(`${name}: Input should be a valid number`);
    if (value < 0 || value > 1) throw anthropicRefusal(`${name}: range: 0..1`);
  }
  if (body.stream !== undefined && typeof body.stream !== 'boolean') {
    throw anthropicRefusal('stream: Input should be a valid boolean');
  }
  const stop = body.stop_sequences;
  if (stop !== undefined && !Array.isArray(stop))
    throw anthropicRefusal('stop_sequences: Input should be a valid list');
  for (const sequence of Array.isArray(stop) ? stop : []) {
    if (typeof sequence !== 'string') throw anthropicRefusal('stop_sequences.0: Input should be a valid string');
    if (sequence.trim() === '')
      throw anthropicRefusal('stop_sequences: each stop sequence must contain non-whitespace');
  }
  checkSystem(body.system);
  checkMetadata(body.metadata);
}

function checkSystem(system: unknown): void {
  if (system === undefined || typeof system === 'string') return;
  if (!Array.isArray(system)) throw anthropicRefusal('system: Input should be a valid string or list');
  for (const [index, block] of system.entries()) {
    if (!isObject(block) || block.type !== 'text' || typeof block.text !== 'string') {
      throw anthropicRefusal(`system.${index}.type: Input should be 'text'`);
    }
    if (block.text === '') throw anthropicRefusal('system: text content blocks must be non-empty');
  }
}

function checkMetadata(metadata: unknown): void {
  if (metadata === undefined || metadata === null) return;
  if (!isObject(metadata)) throw anthropicRefusal('metadata: Input should be a valid dictionary');
  const extra = Object.keys(metadata).find((name) => name !== 'user_id');
  if (extra !== undefined) throw anthropicRefusal(`metadata.${extra}: Extra inputs are not permitted`);
}

function checkTools(body: JsonObject): void {
  const tools = Array.isArray(body.tools) ? body.tools : [];
  const names: string[] = [];
  for (const [index, tool] of tools.entries()) {
    if (!isObject(tool)) throw anthropicRefusal(`tools.${index}: Input should be a valid dictionary`);
    const isServerTool = typeof tool.type === 'string' && tool.type !== 'custom';
    if (isServerTool) {
      if (tool.type !== 'function') continue;
      throw anthropicRefusal(
        `tools.${index}: Input tag 'function' found using 'type' does not match any of the expected tags`,
      );
    }
    const place = `tools.${index}.custom`;
    if (typeof tool.name !== 'string') throw anthropicRefusal(`${place}.name: Field required`);
    if (!/^[a-zA-Z0-9_-]{1,128}$/.test(tool.name)) {
      throw anthropicRefusal(`${place}.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`);
    }
    const schema = tool.input_schema;
    if (!isObject(schema)) throw anthropicRefusal(`${place}.input_schema: Field required`);
    if (schema.type !== 'object') throw anthropicRefusal(`${place}.input_schema.type: Input should be 'object'`);
    const extra = Object.keys(tool).find((name) => !TOOL_FIELDS.has(name));
    if (extra !== undefined) throw anthropicRefusal(`${place}.${extra}: Extra inputs are not permitted`);
    names.push(tool.name);
  }
  if (new Set(names).size < names.length) throw anthropicRefusal('tools: Tool names must be unique.');
  checkToolChoice(body.tool_choice, names);
}

function checkToolChoice(choice: unknown, names: readonly string[]): void {
  if (choice === undefined || choice === null) return;
  if (!isObject(choice))
    throw anthropicRefusal('tool_choice: Input should be a valid dictionary or object to extract fields from');
  const type = choice.type;
  if (type !== 'auto' && type !== 'any' && type !== 'tool' && type !== 'none') {
    throw anthropicRefusal(
      `tool_choice: Input tag '${String(type)}' found using 'type' does not match any of the expected tags: 'any', 'auto', 'none', 'tool'`,
    );
  }
  if (names.length === 0 && type !== 'none') {
    throw anthropicRefusal('tool_choice may only be specified while providing `tools`.');
  }
  if (type === 'tool' && !names.includes(String(choice.name))) {
    throw anthropicRefusal(`Tool '${String(choice.name)}' not found in provided tools`);
  }
}

function checkThinking(body: JsonObject): void {
  const rules = thinkingRules(String(body.model));
  checkSampling(body, rules);
  const { thinking, tool_choice: choice } = body;
  if (thinking === undefined) return;
  if (!isObject(thinking)) throw anthropicRefusal('thinking: Input should be a valid dictionary');
  if (thinking.type === 'disabled') return;
  if (thinking.type === 'enabled') checkBudget(body, thinking, rules);
  if (thinking.type === 'adaptive' && !rules.adaptive) {
    throw anthropicRefusal('adaptive thinking is not supported on this model');
  }
  if (body.temperature !== undefined && body.temperature !== 1) {
    throw anthropicRefusal('`temperature` may only be set to 1 when thinking is enabled.');
  }
  if (isObject(choice) && (choice.type === 'any' || choice.type === 'tool')) {
    throw anthropicRefusal('Thinking may not be enabled when tool_choice forces tool use.');
  }
}

function checkSampling(body: JsonObject, rules: ThinkingRules): void {
  if (rules.sampling) return;
  for (const name of ['temperature', 'top_p', 'top_k']) {
    // 1 is the default of both fractions; top_k has none.
    if (body[name] === undefined || (name !== 'top_k' && body[name] === 1)) continue;
    throw anthropicRefusal(`\`${name}\` is deprecated for this model.`);
  }
}

function checkBudget(body: JsonObject, thinking: JsonObject, rules: ThinkingRules): void {
  if (!rules.budget) {
    throw anthropicRefusal(
      '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
    );
  }
  const budget = thinking.budget_tokens;
  if (typeof budget !== 'number') throw anthropicRefusal('thinking.enabled.budget_tokens: Field required');
  if (budget < MINIMUM_THINKING_BUDGET) {
    throw anthropicRefusal(
      `thinking.enabled.budget_tokens: Input should be greater than or equal to ${MINIMUM_THINKING_BUDGET}`,
    );
  }
  if (budget >= Number(body.max_tokens)) {
    throw anthropicRefusal('`max_tokens` must be greater than `thinking.budget_tokens`.');
  }
}

function checkOutputSchema(body: JsonObject): void {
  const config = body.output_config;
  if (config === undefined) return;
  if (!isObject(config)) throw anthropicRefusal('output_config: Input should be a valid dictionary');
  const format = config.format;
  if (format === undefined || format === null) return;
  if (!isObject(format) || format.type !== 'json_schema') {
    throw anthropicRefusal("output_config.format.type: Input should be 'json_schema'");
  }
  if (!isObject(format.schema)) throw anthropicRefusal('output_config.format.schema: Field required');
  checkClosedObjects(format.schema);
}

function checkClosedObjects(schema: unknown): void {
  if (!isObject(schema)) return;
  if (schema.type === 'object' && schema.additionalProperties !== false) {
    throw anthropicRefusal(
      "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false",
    );
  }
  for (const child of Object.values(isObject(schema.properties) ? schema.properties : {})) checkClosedObjects(child);
  checkClosedObjects(schema.items);
}

function countBreakpoints(body: JsonObject): number {
  const messages = (Array.isArray(body.messages) ? body.messages : []).filter(isObject);
  const blocks = [body.tools, body.system, ...messages.map((message) => message.content)].flatMap((value) =>
    Array.isArray(value) ? value : [],
  );
  return [body, ...blocks].filter((block) => isObject(block) && isObject(block.cache_control)).length;
}
