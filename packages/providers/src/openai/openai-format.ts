import { classifyStatus } from '../failures/classify-status.ts';
import { readErrorFields } from '../failures/describe-failure.ts';
import { errorInReply, malformedReply } from '../failures/reply-error.ts';
import { objectOf } from '../json-value.ts';
import type { EmbeddingCall } from '../types.ts';
import type {
  ClassifiedFailure,
  ProviderFailure,
  ReadEmbedding,
  ReadReply,
  WireFormat,
  WireRequest,
} from '../wire-format.ts';
import { PassthroughReader } from './passthrough-reader.ts';
import { readOpenAiLimits } from './read-openai-limits.ts';
import { countReplyChars, parseReply } from './read-openai-reply.ts';
import { readOpenAiUsage } from './read-openai-usage.ts';
import { scanReplyUsage } from './scan-reply-usage.ts';
import { assessOpenAi, writeOpenAiChat } from './write-openai-request.ts';

const BY_CODE: Record<string, ClassifiedFailure['kind']> = {
  context_length_exceeded: 'unsuitable',
  string_above_max_length: 'unsuitable',
  content_filter: 'unsuitable',
  content_policy_violation: 'unsuitable',
  unsupported_parameter: 'unsuitable',
  unsupported_value: 'unsuitable',
  model_not_found: 'misconfigured',
  invalid_api_key: 'misconfigured',
  insufficient_quota: 'misconfigured',
  billing_hard_limit_reached: 'misconfigured',
  rate_limit_exceeded: 'rate-limited',
  server_error: 'transient',
};

/** Classifies by OpenAI's error code, then its type, then the status and the words. */
export function classifyOpenAiFailure(failure: ProviderFailure): ClassifiedFailure {
  const { message, type, code, param } = readErrorFields(failure.body);
  // OpenRouter puts the upstream's HTTP status into `code`, also inside streams.
  const status = failure.status ?? statusIn(code);
  const kind =
    BY_CODE[code ?? ''] ?? BY_CODE[type ?? ''] ?? classifyStatus(status, `${type ?? ''} ${code ?? ''} ${message}`);
  return { kind, message, code: code ?? type, param };
}

function statusIn(code: string | undefined): number | undefined {
  const status = Number(code);
  return status >= 400 && status < 600 ? status : undefined;
}

function readReply(body: Buffer): ReadReply {
  const scanned = scanReplyUsage(body);
  // Characters matter only where tokens were not counted.
  if (scanned !== undefined) return { body, usage: readOpenAiUsage(scanned), outputChars: undefined };
  const reply = parseReply(body);
  if (!Array.isArray(reply.choices)) {
    if (reply.error) throw errorInReply(classifyOpenAiFailure({ status: undefined, headers: {}, body: reply }));
    throw malformedReply('it has no choices', body);
  }
  return { body, usage: readOpenAiUsage(reply.usage), outputChars: countReplyChars(reply) };
}

function writeEmbedding({ model, request }: EmbeddingCall): WireRequest {
  const { pointsman: _, ...rest } = request;
  return { path: '/embeddings', body: JSON.stringify({ ...rest, model: model.upstreamModel }) };
}

/** Reads an embeddings reply of OpenAI's shape, which Mistral shares. */
export function readOpenAiEmbedding(body: Buffer): ReadEmbedding {
  const reply = parseReply(body);
  if (!Array.isArray(reply.data)) throw malformedReply('it has no data', body);
  const { outputTokens: _, ...usage } = readOpenAiUsage(objectOf(reply.usage));
  return { body, usage };
}

/** OpenAI's chat completions, spoken by every compatible host. Replies and streams pass through byte for byte. */
export const openAiFormat: WireFormat = {
  name: 'openai',
  requestIdHeaders: ['x-request-id', 'request-id', 'cf-ray'],
  headers: (key): Record<string, string> => (key === undefined ? {} : { authorization: `Bearer ${key}` }),
  assess: assessOpenAi,
  writeChat: writeOpenAiChat,
  readReply,
  startStream: () =>
    new PassthroughReader({ classifyError: (body) => classifyOpenAiFailure({ status: undefined, headers: {}, body }) }),
  embeddings: { write: writeEmbedding, read: readOpenAiEmbedding },
  classifyFailure: classifyOpenAiFailure,
  readLimits: readOpenAiLimits,
};
