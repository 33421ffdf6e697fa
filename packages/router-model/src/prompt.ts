import type { ChatRequest, ContentPart, Message } from '@pointsman/contracts';
import { z } from 'zod';

/**
 * What the router sees of a request. Texts are bounded, so everything computed from a prompt is bounded work;
 * what was cut is remembered in the counts.
 */
export const promptSchema = z.object({
  /** The last user text: whole when short, else its head and its tail. */
  text: z.string(),
  /** The head of the system or developer text, empty when there is none. */
  system: z.string(),
  /** Characters of all text in the request, cut or not. */
  characters: z.int().nonnegative(),
  messageCount: z.int().nonnegative(),
  toolCount: z.int().nonnegative(),
  imageCount: z.int().nonnegative(),
});
export type Prompt = z.infer<typeof promptSchema>;

// Half head, half tail: instructions stand at either end of a long request. 3,000 characters are about 750 tokens,
// longer than 99 % of the training prompts.
const HEAD_CHARACTERS = 1_500;
const TAIL_CHARACTERS = 1_500;
const SYSTEM_CHARACTERS = 300;

/** Reduces a chat request to what the router sees: the one function for training and serving. */
export function promptOf(request: ChatRequest): Prompt {
  let userMessage: Message | undefined;
  let systemMessage: Message | undefined;
  let characters = 0;
  let imageCount = 0;
  for (const message of request.messages) {
    if (message.role === 'user') userMessage = message;
    else if (systemMessage === undefined && (message.role === 'system' || message.role === 'developer'))
      systemMessage = message;
    characters += countCharacters(message.content);
    imageCount += countImages(message.content);
  }
  return {
    text: boundedText(userMessage?.content, HEAD_CHARACTERS, TAIL_CHARACTERS),
    system: boundedText(systemMessage?.content, SYSTEM_CHARACTERS, 0),
    characters,
    messageCount: request.messages.length,
    toolCount: request.tools?.length ?? 0,
    imageCount,
  };
}

type Content = string | ContentPart[] | null | undefined;

function textsOf(content: Content): string[] {
  if (content === null || content === undefined) return [];
  if (typeof content === 'string') return [content];
  const texts: string[] = [];
  for (const part of content) if (part.type === 'text') texts.push(part.text);
  return texts;
}

function countCharacters(content: Content): number {
  let characters = 0;
  for (const text of textsOf(content)) characters += text.length;
  return characters;
}

function countImages(content: Content): number {
  if (!Array.isArray(content)) return 0;
  return content.filter((part) => part.type === 'image_url').length;
}

function boundedText(content: Content, headLimit: number, tailLimit: number): string {
  // Each part is sliced before joining: a megabyte is never copied.
  const limit = headLimit + tailLimit;
  const texts = textsOf(content);
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  if (length <= limit) return texts.join('\n');
  let head = '';
  for (const text of texts) {
    if (head.length >= headLimit) break;
    head += text.slice(0, headLimit - head.length);
  }
  let tail = '';
  for (const text of texts.toReversed()) {
    if (tail.length >= tailLimit) break;
    tail = text.slice(Math.max(0, text.length - (tailLimit - tail.length))) + tail;
  }
  return tailLimit === 0 ? head : `${head}\n${tail}`;
}
