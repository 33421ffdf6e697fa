import type { ContentPart, Message } from '@pointsman/contracts';
import type { NewSample, SampleMessage } from '@pointsman/db';
import { isRecord } from '../cache/completion-json.ts';
import type { DrawnRequest } from '../pipeline/pipeline-dependencies.ts';
import { redact } from './redact.ts';

/** About fifty pages: nobody rates more, and cut text would be rated for what is missing. */
const MOST_CHARACTERS = 100_000;

/**
 * What is stored of a drawn request: the words of the conversation and of the first reply, redacted. Undefined when there are
 * none to rate: the reply is no text (a call of tools, for one), is not whole, or there is too much of it.
 */
export function sampleOf(drawn: DrawnRequest): NewSample | undefined {
  const { decision, request, retentionDays } = drawn;
  const reply = replyText(drawn.completion());
  if (reply === undefined || decision.modelId === undefined) return undefined;
  const messages = request.messages.map((message) => ({ role: message.role, content: textOf(message) }));
  if (lengthOf(messages, reply) > MOST_CHARACTERS) return undefined;
  return {
    decisionId: decision.id,
    clientId: decision.clientId,
    at: decision.at,
    retentionDays,
    endUser: decision.endUser,
    modelId: decision.modelId,
    domain: decision.domain,
    task: decision.task,
    messages: messages.map(({ role, content }) => ({ role, content: redact(content) })),
    reply: redact(reply),
  };
}

/** Characters of a sample, before and after redaction much the same. */
export const lengthOf = (messages: readonly SampleMessage[], reply: string): number =>
  messages.reduce((sum, { content }) => sum + content.length, reply.length);

function replyText(completion: string | undefined): string | undefined {
  const parsed: unknown = completion === undefined ? undefined : parseQuietly(completion);
  const choices = isRecord(parsed) && Array.isArray(parsed.choices) ? parsed.choices : [];
  const first: unknown = choices[0];
  const message = isRecord(first) ? first.message : undefined;
  if (!isRecord(message)) return undefined;
  return [message.content, message.refusal].find((text) => typeof text === 'string' && text.trim() !== '') as
    | string
    | undefined;
}

function parseQuietly(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A provider's reply that is not JSON was passed on as it came; it is nothing to rate.
    return undefined;
  }
}

function textOf(message: Message): string {
  const { content } = message;
  const text = typeof content === 'string' ? content : (content ?? []).map(partText).join('\n');
  const calls = message.role === 'assistant' ? (message.tool_calls ?? []) : [];
  return [text, ...calls.map(({ function: { name, arguments: given } }) => `${name}(${given})`)]
    .filter((line) => line !== '')
    .join('\n');
}

/** What is no text is named: pictures and sound are never stored. */
function partText(part: ContentPart): string {
  if (part.type === 'text') return part.text;
  if (part.type === 'refusal') return part.refusal;
  return `[${part.type === 'image_url' ? 'image' : part.type === 'input_audio' ? 'audio' : 'file'}]`;
}
