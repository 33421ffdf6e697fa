import type { ContentPart, Message, Provider } from '@pointsman/contracts';
import type { JsonObject } from '../json-value.ts';
import { parseDataUrl, partsOf, plainText, readFilePart } from '../requests/content-parts.ts';
import { fitToolCallId } from '../requests/tool-call-id.ts';

type AssistantMessage = Extract<Message, { role: 'assistant' }>;

/** Mistral takes exactly nine letters and digits. */
const TOOL_ID = /^[a-zA-Z0-9]{9}$/;
const TOOL_ID_LENGTH = 9;

/** Mistral refuses a user message right after a tool result; this turn of the assistant stands between them. */
const BRIDGE: JsonObject = { role: 'assistant', content: 'Noted.' };

/** OpenAI's messages as Mistral takes them: only fields it knows (it refuses others), ids it accepts, roles in its order. */
export function writeMistralMessages(messages: readonly Message[], provider: Provider): JsonObject[] {
  const written: JsonObject[] = [];
  for (const message of messages) {
    if (message.role === 'user' && written.at(-1)?.role === 'tool') written.push(BRIDGE);
    written.push(writeMessage(message, provider));
  }
  const last = written.at(-1);
  // Without the mark Mistral refuses a conversation that ends with the assistant.
  if (last?.role === 'assistant') written[written.length - 1] = { ...last, prefix: true };
  return written;
}

function writeMessage(message: Message, provider: Provider): JsonObject {
  switch (message.role) {
    case 'system':
    case 'developer':
      return { role: 'system', content: plainText(message.content) };
    case 'user':
      return { role: 'user', content: writeContent(message.content) };
    case 'tool':
      return {
        role: 'tool',
        content: writeContent(message.content),
        tool_call_id: fitToolCallId(message.tool_call_id, TOOL_ID, TOOL_ID_LENGTH),
        ...(typeof message.name === 'string' && { name: message.name }),
      };
    case 'assistant':
      return writeAssistant(message, provider);
  }
}

function writeAssistant(message: AssistantMessage, provider: Provider): JsonObject {
  const text = plainText(message.content) + (message.refusal ?? '');
  const thoughts = thinkingChunks(message, provider);
  const calls = (message.tool_calls ?? []).map((call) => ({
    id: fitToolCallId(call.id, TOOL_ID, TOOL_ID_LENGTH),
    type: 'function',
    function: { name: call.function.name, arguments: call.function.arguments === '' ? '{}' : call.function.arguments },
  }));
  const words = text === '' ? [] : [{ type: 'text', text }];
  return {
    role: 'assistant',
    content: thoughts.length > 0 ? [...thoughts, ...words] : text,
    ...(calls.length > 0 && { tool_calls: calls }),
  };
}

/** The message's thinking that this provider wrote; another's is left behind. */
function thinkingChunks(message: AssistantMessage, provider: Provider): JsonObject[] {
  return (message.reasoning_details ?? [])
    .filter((detail) => detail.provider === provider.id && detail.text)
    .map((detail) => ({
      type: 'thinking',
      thinking: [{ type: 'text', text: detail.text }],
      closed: true,
      ...(detail.signature && { signature: detail.signature }),
    }));
}

function writeContent(content: Message['content']): string | JsonObject[] {
  if (typeof content === 'string') return content;
  const chunks = partsOf(content)
    .map(writeChunk)
    .filter((chunk) => chunk !== undefined);
  return chunks.length > 0 ? chunks : '';
}

function writeChunk(part: ContentPart): JsonObject | undefined {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text };
    case 'refusal':
      return { type: 'text', text: part.refusal };
    case 'image_url':
      return {
        type: 'image_url',
        image_url: { url: part.image_url.url, ...(part.image_url.detail && { detail: part.image_url.detail }) },
      };
    case 'input_audio':
      return { type: 'input_audio', input_audio: part.input_audio.data };
    case 'file':
      return writeFile(part);
  }
}

function writeFile(part: Extract<ContentPart, { type: 'file' }>): JsonObject | undefined {
  const { url, name } = readFilePart(part);
  if (url === undefined) return undefined;
  if (parseDataUrl(url)?.mediaType.startsWith('image/')) return { type: 'image_url', image_url: { url } };
  return { type: 'document_url', document_url: url, ...(name !== undefined && { document_name: name }) };
}
