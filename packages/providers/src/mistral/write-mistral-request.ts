import type { CatalogModel, ChatRequest, Tool } from '@pointsman/contracts';
import { isObject, type JsonObject, listOf, objectOf, textOf } from '../json-value.ts';
import { withoutDropped } from '../requests/assess-capabilities.ts';
import { outputLimit } from '../requests/output-limit.ts';
import type { ChatCall, EmbeddingCall } from '../types.ts';
import { ProviderError } from '../types.ts';
import type { WireRequest } from '../wire-format.ts';
import { writeMistralMessages } from './mistral-messages.ts';

/** Mistral's published upper bound. */
export const MOST_TEMPERATURE = 1.5;

/** Fields that mean the same under the same name. */
const SAME = [
  'n',
  'stop',
  'frequency_penalty',
  'presence_penalty',
  'parallel_tool_calls',
  'prompt_cache_key',
  'metadata',
] as const;

const SERVICE_TIERS: Readonly<Record<string, string>> = { auto: 'auto', default: 'standard_only' };

/** The request for Mistral's chat completions: OpenAI's in outline, with names, ids and limits of its own. */
export function writeMistralChat(asked: ChatCall): WireRequest {
  const { provider, model, request, stream } = withoutDropped(asked);
  const body: JsonObject = { model: model.upstreamModel, messages: writeMistralMessages(request.messages, provider) };
  for (const field of SAME) setIfSaid(body, field, request[field]);
  setIfSaid(body, 'max_tokens', outputLimit(model, request));
  setIfSaid(body, 'random_seed', request.seed);
  setIfSaid(body, 'service_tier', mistralTier(request));
  setIfSaid(body, 'prediction', writePrediction(request.prediction));
  setIfSaid(body, 'reasoning_effort', mistralEffort(model, request));
  setIfSaid(body, 'response_format', writeResponseFormat(request));
  setIfSaid(body, 'safe_prompt', request.safe_prompt);
  Object.assign(body, writeSampling(request), writeTools(request));
  if (stream) body.stream = true;
  return { path: '/chat/completions', body: JSON.stringify(body) };
}

function setIfSaid(body: JsonObject, field: string, value: unknown): void {
  if (value !== undefined && value !== null) body[field] = value;
}

/** Mistral refuses top_p beside a temperature of 0. */
export function losesTopP({ temperature, top_p: topP }: ChatRequest): boolean {
  return temperature === 0 && typeof topP === 'number' && topP !== 1;
}

function writeSampling(request: ChatRequest): JsonObject {
  const { temperature, top_p: topP } = request;
  return {
    ...(typeof temperature === 'number' && { temperature: Math.min(temperature, MOST_TEMPERATURE) }),
    ...(typeof topP === 'number' && temperature !== 0 && { top_p: topP }),
  };
}

/** The tier under Mistral's name; undefined for those it does not have. */
export function mistralTier({ service_tier: tier }: ChatRequest): string | undefined {
  return typeof tier === 'string' ? SERVICE_TIERS[tier] : undefined;
}

/** Mistral's reasoning models know thinking on (`high`) and off (`none`); Magistral always thinks and takes no effort. */
export function mistralEffort(model: CatalogModel, request: ChatRequest): 'none' | 'high' | undefined {
  const effort = request.reasoning_effort;
  if (typeof effort !== 'string' || !model.capabilities.reasoning || model.upstreamModel.startsWith('magistral'))
    return undefined;
  return effort === 'none' || effort === 'minimal' ? 'none' : 'high';
}

function writePrediction(prediction: unknown): JsonObject | undefined {
  if (!isObject(prediction)) return undefined;
  const { content } = prediction;
  const text =
    textOf(content) ??
    listOf(content)
      .map((part) => textOf(objectOf(part).text) ?? '')
      .join('');
  return { type: 'content', content: text };
}

function writeResponseFormat({ response_format: format }: ChatRequest): JsonObject | undefined {
  if (format === undefined || format === null || format.type === 'text') return undefined;
  if (format.type === 'json_object') return { type: 'json_object' };
  const { name, description, schema = {}, strict } = format.json_schema;
  const definition = { name, schema, strict: strict ?? false, ...(description !== undefined && { description }) };
  return { type: 'json_schema', json_schema: definition };
}

function writeTools({ tools, tool_choice: choice }: ChatRequest): JsonObject {
  if (tools === undefined || tools === null || tools.length === 0) return {};
  const written =
    typeof choice === 'object' && choice !== null
      ? { type: 'function', function: { name: choice.function.name } }
      : choice;
  return { tools: tools.map(writeTool), ...(written !== undefined && written !== null && { tool_choice: written }) };
}

function writeTool({ function: { name, description, parameters, strict } }: Tool): JsonObject {
  const definition = {
    name,
    parameters: parameters ?? { type: 'object', properties: {} },
    ...(description !== undefined && { description }),
    ...(typeof strict === 'boolean' && { strict }),
  };
  return { type: 'function', function: definition };
}

/** Mistral's embeddings: `dimensions` has another name, `user` none; text only. Throws `ProviderError` for token lists. */
export function writeMistralEmbedding({ model, request }: EmbeddingCall): WireRequest {
  const { input, encoding_format: encoding, dimensions } = request;
  if (Array.isArray(input) && typeof input[0] !== 'string') {
    const message = 'Mistral embeds text, not lists of token numbers';
    throw new ProviderError({ kind: 'unsuitable', message, param: 'input', consumed: 'nothing' });
  }
  const body = {
    model: model.upstreamModel,
    input,
    ...(encoding && { encoding_format: encoding }),
    ...(dimensions && { output_dimension: dimensions }),
  };
  return { path: '/embeddings', body: JSON.stringify(body) };
}
