import type { WireFormat } from '../wire-format.ts';
import { AnthropicReader } from './anthropic-reader.ts';
import { assessAnthropic } from './assess-anthropic.ts';
import { classifyAnthropicFailure } from './classify-anthropic-failure.ts';
import { readAnthropicLimits } from './read-anthropic-limits.ts';
import { readAnthropicReply } from './read-anthropic-reply.ts';
import { writeAnthropicChat } from './write-anthropic-request.ts';

/** The one published version of the API; its changes since come as fields. */
const API_VERSION = '2023-06-01';

/** Anthropic's Messages API. It has no embeddings. */
export const anthropicFormat: WireFormat = {
  name: 'anthropic',
  requestIdHeaders: ['request-id'],
  headers: (key) => ({ 'anthropic-version': API_VERSION, ...(key !== undefined && { 'x-api-key': key }) }),
  assess: assessAnthropic,
  writeChat: writeAnthropicChat,
  readReply: readAnthropicReply,
  startStream: (context) => new AnthropicReader(context),
  classifyFailure: classifyAnthropicFailure,
  readLimits: readAnthropicLimits,
};
