import type { EmulatedModel } from '../emulator-types.ts';
import type { JsonObject } from '../json-value.ts';
import { ProviderFault } from '../provider-fault.ts';
import type { EmbeddingAnswer, Stamp, WireFormat } from '../wire-format.ts';
import { extras, missing } from './check-mistral-body.ts';
import { mistralInvalid, mistralRefusal, mistralScriptedFault } from './mistral-faults.ts';
import { parseMistralChat } from './parse-mistral-chat.ts';
import { renderMistralAnswer, renderMistralEvents } from './render-mistral.ts';

const REQUESTS_PER_MINUTE = 360;
const TOKENS_PER_MINUTE = 2_000_000;
/** A fixed day, so that listings do not change from run to run. */
const MODELS_CREATED = 1_735_689_600;
const EMBEDDING_FIELDS = new Set(['model', 'input', 'metadata', 'output_dimension', 'output_dtype', 'encoding_format']);

/** Mistral's chat completions, embeddings and models. */
export const mistralFormat: WireFormat = {
  name: 'mistral',
  chatPath: '/chat/completions',
  parseChat: parseMistralChat,
  renderAnswer: renderMistralAnswer,
  renderEvents: renderMistralEvents,
  embeddings: { path: '/embeddings', parse: parseEmbeddings, render: renderEmbeddings },
  renderModel,
  renderModels: (models) => ({ object: 'list', data: models.map(renderModel) }),
  keyOf: (headers) => /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1],
  checkHeaders: () => undefined,
  replyHeaders: (stamp, usedTokens, admission) => ({
    'mistral-correlation-id': correlationId(stamp),
    'x-kong-request-id': correlationId(stamp),
    'x-ratelimit-limit-req-minute': `${admission?.requests.limit ?? REQUESTS_PER_MINUTE}`,
    'x-ratelimit-remaining-req-minute': `${admission?.requests.remaining ?? REQUESTS_PER_MINUTE - 1}`,
    'x-ratelimit-limit-tokens-minute': `${admission?.tokens?.limit ?? TOKENS_PER_MINUTE}`,
    'x-ratelimit-remaining-tokens-minute': `${admission?.tokens?.remaining ?? Math.max(0, TOKENS_PER_MINUTE - usedTokens)}`,
    'x-ratelimit-tokens-query-cost': `${usedTokens}`,
  }),
  scriptedFault: mistralScriptedFault,
  unknownModel: (model) => mistralRefusal(`Invalid model: ${model}`, 'invalid_model', '1500'),
  unknownPath: () => new ProviderFault('no Route matched with those values', { status: 404, type: 'not_found' }),
  brokenJson: () => mistralInvalid([{ type: 'json_invalid', loc: ['body', 0], msg: 'JSON decode error', input: {} }]),
  renderFault,
  renderFaultEvent: (fault) => `data: ${JSON.stringify(renderFault(fault))}\n\n`,
};

function renderFault(fault: ProviderFault): object {
  if (fault.detail !== undefined) return { detail: fault.detail };
  // Answered by the proxy in front of the API, not by the API.
  if (fault.status === 401) return { detail: fault.message };
  if (fault.type === 'not_found') return { message: fault.message };
  const { message, type, param, code, status } = fault;
  return { object: 'error', message, type, param, code, raw_status_code: status };
}

function correlationId({ id }: Stamp): string {
  return `${id.slice(0, 8)}-${id.slice(8, 12)}-7${id.slice(13, 16)}-8${id.slice(17, 20)}-${id.slice(12, 24)}`;
}

function renderModel(model: EmulatedModel) {
  const chats = model.kind !== 'embedding';
  return {
    id: model.id,
    object: 'model',
    created: MODELS_CREATED,
    owned_by: 'emulated',
    type: 'base',
    name: model.id,
    description: 'An emulated model',
    max_context_length: 131_072,
    internal: false,
    aliases: [],
    deprecation: null,
    deprecation_replacement_model: null,
    default_model_temperature: 0.3,
    capabilities: {
      completion_chat: chats,
      completion_fim: false,
      function_calling: chats,
      fine_tuning: false,
      vision: chats,
      ocr: false,
      classification: false,
      moderation: false,
      reasoning: chats,
      audio: false,
      audio_transcription: false,
      audio_transcription_realtime: false,
      audio_speech: false,
      unified_resources: false,
    },
  };
}

function parseEmbeddings(body: JsonObject) {
  const complaints = [...extras(body, EMBEDDING_FIELDS, ['body']), ...missing(body, ['model', 'input'], ['body'])];
  const input = body.input;
  const inputs = (Array.isArray(input) ? input : [input]).filter((item) => typeof item === 'string');
  if (input !== undefined && (inputs.length === 0 || (Array.isArray(input) && inputs.length < input.length))) {
    complaints.push({ type: 'string_type', loc: ['body', 'input'], msg: 'Input should be a valid string', input });
  }
  if (complaints.length > 0) throw mistralInvalid(complaints);
  return {
    model: String(body.model),
    inputs,
    dimensions: typeof body.output_dimension === 'number' ? body.output_dimension : ownDimensions(String(body.model)),
    base64: body.encoding_format === 'base64',
  };
}

function ownDimensions(model: string): number {
  return model.startsWith('codestral') ? 1536 : 1024;
}

function renderEmbeddings(answer: EmbeddingAnswer, stamp: Stamp) {
  return {
    id: stamp.id,
    object: 'list',
    model: answer.ask.model,
    data: answer.vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: answer.ask.base64 ? Buffer.from(vector.buffer).toString('base64') : [...vector],
    })),
    usage: { prompt_tokens: answer.inputTokens, completion_tokens: 0, total_tokens: answer.inputTokens },
  };
}
