import { classifyStatus } from '../failures/classify-status.ts';
import { readErrorFields } from '../failures/describe-failure.ts';
import { errorInReply, malformedReply } from '../failures/reply-error.ts';
import { type JsonObject, listOf, objectOf } from '../json-value.ts';
import { readOpenAiEmbedding } from '../openai/openai-format.ts';
import { PassthroughReader } from '../openai/passthrough-reader.ts';
import { countReplyChars, parseReply } from '../openai/read-openai-reply.ts';
import { readOpenAiUsage } from '../openai/read-openai-usage.ts';
import type { ClassifiedFailure, ProviderFailure, ReadReply, ReplyContext, WireFormat } from '../wire-format.ts';
import { assessMistral } from './assess-mistral.ts';
import { mistralFinishReason, readMistralContent, readMistralToolCall } from './mistral-choices.ts';
import { createMistralTranslation } from './mistral-stream.ts';
import { readMistralLimits } from './read-mistral-limits.ts';
import { writeMistralChat, writeMistralEmbedding } from './write-mistral-request.ts';

/** Mistral's numbered codes: 1500 unknown model, 3051 input too long. */
const BY_CODE: Record<string, ClassifiedFailure['kind']> = { '1500': 'misconfigured', '3051': 'unsuitable' };

function classifyMistralFailure(failure: ProviderFailure): ClassifiedFailure {
  const { message, type, code, param } = readErrorFields(failure.body);
  // A field Mistral does not know is our translation's doing; another provider may take the request.
  const kind =
    type === 'extra_forbidden'
      ? 'unsuitable'
      : (BY_CODE[code ?? ''] ?? classifyStatus(failure.status, `${type ?? ''} ${message}`));
  return { kind, message, code: code ?? type, param };
}

function readReply(body: Buffer, context: ReplyContext): ReadReply {
  const reply = parseReply(body);
  if (!Array.isArray(reply.choices)) {
    if (reply.object === 'error' || reply.error)
      throw errorInReply(classifyMistralFailure({ status: undefined, headers: {}, body: reply }));
    throw malformedReply('it has no choices', body);
  }
  const choices = reply.choices.map((choice) => writeChoice(objectOf(choice), context));
  const failed = choices.some((choice) => choice.finish_reason === 'error');
  if (failed) throw malformedReply('Mistral ended the reply with finish_reason "error"', body);
  const completion = { ...reply, object: 'chat.completion', choices };
  return {
    body: JSON.stringify(completion),
    usage: readOpenAiUsage(reply.usage),
    outputChars: countReplyChars(completion),
  };
}

function writeChoice(choice: JsonObject, context: ReplyContext): JsonObject {
  const message = objectOf(choice.message);
  const { text, reasoning, details } = readMistralContent(message.content, context.provider.id, 0);
  const calls = listOf(message.tool_calls).map(readMistralToolCall);
  const written = {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    refusal: null,
    ...(reasoning !== '' && { reasoning_content: reasoning, reasoning_details: details }),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  return {
    index: choice.index ?? 0,
    message: written,
    logprobs: null,
    finish_reason: mistralFinishReason(choice.finish_reason),
  };
}

/** Mistral's chat completions: near OpenAI's; plain stream events pass through untouched. */
export const mistralFormat: WireFormat = {
  name: 'mistral',
  requestIdHeaders: ['mistral-correlation-id', 'x-request-id', 'x-kong-request-id'],
  headers: (key): Record<string, string> => (key === undefined ? {} : { authorization: `Bearer ${key}` }),
  assess: assessMistral,
  writeChat: writeMistralChat,
  readReply,
  startStream: (context) =>
    new PassthroughReader({
      classifyError: (body) => classifyMistralFailure({ status: undefined, headers: {}, body }),
      translation: createMistralTranslation(context),
    }),
  embeddings: { write: writeMistralEmbedding, read: readOpenAiEmbedding },
  classifyFailure: classifyMistralFailure,
  readLimits: readMistralLimits,
};
