import type { ModelInfo } from '@anthropic-ai/sdk/resources/models';
import type { EmulatedModel } from '../emulator-types.ts';
import { ProviderFault } from '../provider-fault.ts';
import type { Admission } from '../rate-limits.ts';
import type { Stamp, WireFormat } from '../wire-format.ts';
import { anthropicRefusal, anthropicScriptedFault } from './anthropic-faults.ts';
import { parseAnthropicChat } from './parse-anthropic-chat.ts';
import { renderAnthropicAnswer, renderAnthropicEvents } from './render-anthropic.ts';

const REQUESTS_PER_MINUTE = 4_000;
const INPUT_TOKENS_PER_MINUTE = 2_000_000;
const OUTPUT_TOKENS_PER_MINUTE = 400_000;

/** Anthropic's messages and models. */
export const anthropicFormat: WireFormat = {
  name: 'anthropic',
  chatPath: '/messages',
  parseChat: parseAnthropicChat,
  renderAnswer: renderAnthropicAnswer,
  renderEvents: renderAnthropicEvents,
  renderModel,
  renderModels: (models) => ({
    data: models.map(renderModel),
    has_more: false,
    first_id: models[0]?.id ?? null,
    last_id: models.at(-1)?.id ?? null,
  }),
  keyOf: (headers) => headers['x-api-key'] ?? /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1],
  checkHeaders: (headers) => {
    const version = headers['anthropic-version'];
    if (version === undefined) throw anthropicRefusal('anthropic-version: header is required');
    if (!/^\d{4}-\d{2}-\d{2}$/.test(version)) {
      throw anthropicRefusal(`anthropic-version: "${version}" is not a valid version`);
    }
  },
  replyHeaders: (stamp, usedTokens, admission) => ({
    'request-id': requestId(stamp),
    ...limitHeaders(stamp, usedTokens, admission),
  }),
  scriptedFault: anthropicScriptedFault,
  unknownModel: (model) => new ProviderFault(`model: ${model}`, { status: 404, type: 'not_found_error' }),
  unknownPath: () => new ProviderFault('Not Found', { status: 404, type: 'not_found_error' }),
  brokenJson: () =>
    anthropicRefusal('The request body is not valid JSON: unexpected character: line 1 column 1 (char 0)'),
  renderFault,
  renderFaultEvent: (fault, stamp) => `event: error\ndata: ${JSON.stringify(renderFault(fault, stamp))}\n\n`,
};

function renderFault({ type, message }: ProviderFault, stamp: Stamp): object {
  return { type: 'error', error: { type, message }, request_id: requestId(stamp) };
}

function requestId(stamp: Stamp): string {
  return `req_01${stamp.id.slice(0, 22)}`;
}

function limitHeaders(stamp: Stamp, usedTokens: number, admission: Admission | undefined): Record<string, string> {
  const { requests } = admission ?? {};
  // Anthropic says when the limit is full again as a point in time.
  const reset = `${new Date(stamp.nowMs + (requests?.resetMs ?? 1000)).toISOString().slice(0, 19)}Z`;
  const limits = {
    requests: [requests?.limit ?? REQUESTS_PER_MINUTE, requests?.remaining ?? REQUESTS_PER_MINUTE - 1],
    tokens: [INPUT_TOKENS_PER_MINUTE, INPUT_TOKENS_PER_MINUTE - usedTokens],
    'input-tokens': [INPUT_TOKENS_PER_MINUTE, INPUT_TOKENS_PER_MINUTE - usedTokens],
    'output-tokens': [OUTPUT_TOKENS_PER_MINUTE, OUTPUT_TOKENS_PER_MINUTE],
  };
  const headers: Record<string, string> = { 'anthropic-organization-id': '00000000-0000-4000-8000-000000000000' };
  for (const [name, [limit, remaining]] of Object.entries(limits)) {
    headers[`anthropic-ratelimit-${name}-limit`] = `${limit}`;
    headers[`anthropic-ratelimit-${name}-remaining`] = `${Math.max(0, remaining ?? 0)}`;
    headers[`anthropic-ratelimit-${name}-reset`] = reset;
  }
  return headers;
}

function renderModel(model: EmulatedModel): ModelInfo {
  return {
    type: 'model',
    id: model.id,
    display_name: model.id,
    // A fixed day, so that listings do not change from run to run.
    created_at: '2025-01-01T00:00:00Z',
    capabilities: null,
    deprecated_at: null,
    lifecycle: 'active',
    line: null,
    max_input_tokens: 200_000,
    max_tokens: 64_000,
    retires_at: null,
  };
}
