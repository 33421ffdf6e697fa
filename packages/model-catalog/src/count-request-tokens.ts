import type { ChatRequest, ContentPart, Message, Tool } from '@pointsman/contracts';
import { estimateTokens } from './estimate-tokens.ts';

// What OpenAI documents for its chat format ("How to count tokens", cookbook); other providers' templates take as much, give or take a few.
const REPLY_PRIMING = 3;
/** Delimiters and the role's name. */
const PER_MESSAGE = 4;
const PER_NAME = 1;
const PER_TOOL_CALL = 8;
const PER_TOOL = 8;
const PER_TOOL_LIST = 12;

// OpenAI, vision guide: 85 tokens for a low-detail image; 85 + 170 per 512-pixel tile, 4 tiles for 1024 x 1024.
const LOW_DETAIL_IMAGE = 85;
const HIGH_DETAIL_IMAGE = 765;

// OpenAI, audio guide: a token for 100 ms. Bytes a second: 24 kHz 16-bit mono for WAV, 128 kbit/s for anything compressed.
const AUDIO_TOKENS_PER_SECOND = 10;
const WAV_BYTES_PER_SECOND = 48_000;
const COMPRESSED_BYTES_PER_SECOND = 16_000;

// A page of a PDF has some 75 kB and costs its text and its image, some 1,500 tokens; by reference its length is anybody's guess.
const FILE_BYTES_PER_TOKEN = 50;
const FILE_BY_REFERENCE = 1500;

/**
 * Input tokens a request will take, estimated: messages, tools, response schema, images by detail, overheads.
 *
 * A provider's own count differs: see `estimateTokens` for text; images are taken for 1024 x 1024 unless their detail is
 * low, audio and files are estimated from their size. Base64 is never read as text.
 */
export function countRequestTokens(request: ChatRequest): number {
  const messages = request.messages.reduce((sum, message) => sum + messageTokens(message), 0);
  return REPLY_PRIMING + messages + toolListTokens(request.tools ?? []) + schemaTokens(request);
}

function messageTokens(message: Message): number {
  const name = typeof message.name === 'string' ? PER_NAME + estimateTokens(message.name) : 0;
  return (
    PER_MESSAGE + name + contentTokens(message.content) + (message.role === 'assistant' ? assistantTokens(message) : 0)
  );
}

function assistantTokens(message: Extract<Message, { role: 'assistant' }>): number {
  const calls = (message.tool_calls ?? []).reduce(
    (sum, { function: call }) => sum + PER_TOOL_CALL + estimateTokens(call.name) + estimateTokens(call.arguments),
    0,
  );
  const reasoning = (message.reasoning_details ?? []).reduce((sum, block) => sum + estimateTokens(block.text ?? ''), 0);
  return calls + reasoning + estimateTokens(message.refusal ?? '');
}

function contentTokens(content: Message['content']): number {
  if (content === undefined || content === null) return 0;
  if (typeof content === 'string') return estimateTokens(content);
  return content.reduce((sum, part) => sum + partTokens(part), 0);
}

function partTokens(part: ContentPart): number {
  switch (part.type) {
    case 'text':
      return estimateTokens(part.text);
    case 'refusal':
      return estimateTokens(part.refusal);
    case 'image_url':
      return part.image_url.detail === 'low' ? LOW_DETAIL_IMAGE : HIGH_DETAIL_IMAGE;
    case 'input_audio': {
      const bytesPerSecond = part.input_audio.format === 'wav' ? WAV_BYTES_PER_SECOND : COMPRESSED_BYTES_PER_SECOND;
      return Math.ceil((bytesOf(part.input_audio.data) / bytesPerSecond) * AUDIO_TOKENS_PER_SECOND);
    }
    case 'file': {
      const data = part.file.file_data;
      return typeof data === 'string' ? Math.ceil(bytesOf(data) / FILE_BYTES_PER_TOKEN) : FILE_BY_REFERENCE;
    }
  }
}

function bytesOf(base64: string): number {
  return (base64.length / 4) * 3;
}

function toolListTokens(tools: Tool[]): number {
  if (tools.length === 0) return 0;
  return PER_TOOL_LIST + tools.reduce((sum, tool) => sum + PER_TOOL + estimateTokens(JSON.stringify(tool.function)), 0);
}

function schemaTokens(request: ChatRequest): number {
  const format = request.response_format;
  return format?.type === 'json_schema' ? estimateTokens(JSON.stringify(format.json_schema)) : 0;
}
