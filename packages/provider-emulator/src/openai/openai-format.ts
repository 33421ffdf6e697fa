import type { EmulatedModel } from '../emulator-types.ts';
import type { JsonObject } from '../json-value.ts';
import { ProviderFault } from '../provider-fault.ts';
import type { LimitState } from '../rate-limits.ts';
import type { EmbeddingAnswer, Stamp, WireFormat } from '../wire-format.ts';
import { openaiRefusal, openaiScriptedFault } from './openai-faults.ts';
import { parseOpenaiChat } from './parse-openai-chat.ts';
import { renderOpenaiAnswer, renderOpenaiEvents } from './render-openai.ts';

const REQUESTS_PER_MINUTE = 10_000;
const TOKENS_PER_MINUTE = 2_000_000;
const USUAL_REQUESTS: LimitState = { limit: REQUESTS_PER_MINUTE, remaining: REQUESTS_PER_MINUTE - 1, resetMs: 6 };
const USUAL_TOKENS: LimitState = { limit: TOKENS_PER_MINUTE, remaining: TOKENS_PER_MINUTE, resetMs: 0 };
/** A fixed day, so that listings do not change from run to run. */
const MODELS_CREATED = 1_735_689_600;

/** OpenAI's chat completions, embeddings and models, and those of every host that follows it. */
export const openaiFormat: WireFormat = {
  name: 'openai',
  chatPath: '/chat/completions',
  parseChat: parseOpenaiChat,
  renderAnswer: renderOpenaiAnswer,
  renderEvents: renderOpenaiEvents,
  embeddings: { path: '/embeddings', parse: parseEmbeddings, render: renderEmbeddings },
  renderModel,
  renderModels: (models) => ({ object: 'list', data: models.map(renderModel) }),
  keyOf: (headers) => /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1],
  checkHeaders: () => undefined,
  replyHeaders: (stamp, usedTokens, admission) => ({
    'x-request-id': `req_${stamp.id}`,
    'openai-organization': 'org-emulated',
    'openai-processing-ms': '1',
    'openai-version': '2020-10-01',
    ...limitHeaders('requests', admission?.requests ?? USUAL_REQUESTS),
    ...limitHeaders(
      'tokens',
      admission?.tokens ?? { ...USUAL_TOKENS, remaining: Math.max(0, TOKENS_PER_MINUTE - usedTokens) },
    ),
  }),
  scriptedFault: openaiScriptedFault,
  unknownModel: (model) =>
    new ProviderFault(`The model \`${model}\` does not exist or you do not have access to it.`, {
      status: 404,
      type: 'invalid_request_error',
      code: 'model_not_found',
    }),
  unknownPath: (method, path) =>
    new ProviderFault(`Invalid URL (${method} ${path})`, { status: 404, type: 'invalid_request_error' }),
  brokenJson: () =>
    openaiRefusal(
      'We could not parse the JSON body of your request. (HINT: This likely means you aren’t using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)',
      null,
      null,
    ),
  renderFault: ({ message, type, param, code }) => ({ error: { message, type, param, code } }),
  renderFaultEvent: ({ message, type, param, code }) =>
    `data: ${JSON.stringify({ error: { message, type, param, code } })}\n\n`,
};

function limitHeaders(unit: 'requests' | 'tokens', { limit, remaining, resetMs }: LimitState): Record<string, string> {
  return {
    [`x-ratelimit-limit-${unit}`]: `${limit}`,
    [`x-ratelimit-remaining-${unit}`]: `${remaining}`,
    // In Go's notation, as OpenAI writes it.
    [`x-ratelimit-reset-${unit}`]: resetMs > 0 && resetMs < 1000 ? `${resetMs}ms` : `${resetMs / 1000}s`,
  };
}

function renderModel(model: EmulatedModel) {
  return { id: model.id, object: 'model', created: MODELS_CREATED, owned_by: 'emulated' };
}

function parseEmbeddings(body: JsonObject) {
  if (typeof body.model !== 'string') throw openaiRefusal('you must provide a model parameter', null, null);
  const input = body.input;
  if (input === undefined || input === null) {
    throw openaiRefusal("Missing required parameter: 'input'.", 'input', 'missing_required_parameter');
  }
  const inputs = readInputs(input);
  if (inputs === undefined || inputs.length === 0 || inputs.includes('')) {
    throw openaiRefusal("'$.input' is invalid. Please check the API reference for details.", null, null);
  }
  return {
    model: body.model,
    inputs,
    dimensions: typeof body.dimensions === 'number' ? body.dimensions : ownDimensions(body.model),
    base64: body.encoding_format === 'base64',
  };
}

function ownDimensions(model: string): number {
  return model.endsWith('3-large') ? 3072 : 1536;
}

function readInputs(input: unknown): (string | number[])[] | undefined {
  if (typeof input === 'string') return [input];
  if (!Array.isArray(input)) return undefined;
  if (isNumbers(input)) return [input];
  const items: unknown[] = input;
  return items.every((item): item is string | number[] => typeof item === 'string' || isNumbers(item))
    ? items
    : undefined;
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number');
}

function renderEmbeddings(answer: EmbeddingAnswer, _stamp: Stamp) {
  return {
    object: 'list',
    data: answer.vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: answer.ask.base64 ? Buffer.from(vector.buffer).toString('base64') : [...vector],
    })),
    model: answer.ask.model,
    usage: { prompt_tokens: answer.inputTokens, total_tokens: answer.inputTokens },
  };
}
