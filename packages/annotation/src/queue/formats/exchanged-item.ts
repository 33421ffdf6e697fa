import {
  type AnnotationAnswers,
  type AnnotationMessage,
  annotationAnswerSchema,
  annotationMessageSchema,
  DIMENSIONS,
  type Dimension,
  DOMAINS,
  type Domain,
  TASKS,
  type Task,
} from '@pointsman/contracts';
import { z } from 'zod';

/** What one rater said of an item, in a file. */
export type ExchangedRating = { rater: string; answers: AnnotationAnswers; comment?: string | undefined };

/** An item as every format tells it: to be rated, or rated. What a format cannot say is absent. */
export type ExchangedItem = {
  /** Of an item that a batch has given away. */
  item?: string | undefined;
  caseId?: string | undefined;
  model?: string | undefined;
  domain?: Domain | undefined;
  task?: Task | undefined;
  language?: string | undefined;
  messages: AnnotationMessage[];
  reference?: string | undefined;
  reply?: string | undefined;
  /** Ratings that are known, of an item to check raters by. */
  gold?: AnnotationAnswers | undefined;
  ratings: ExchangedRating[];
  /** What a third person decided; written, never read. */
  adjudicated?: AnnotationAnswers | undefined;
};

/** One item of a file, or why it cannot be read. `place` says where it stands. */
export type ReadItem = { ok: true; place: string; item: ExchangedItem } | { ok: false; place: string; reason: string };

/** How a format is read and written: a document is a head, parts with something between them, and a foot. */
export type ExchangeFormat = {
  contentType: string;
  fileName: string;
  head: string;
  between: string;
  foot: string;
  /** One item as a part of the document. */
  write(item: ExchangedItem): string;
  /** The items of a document, in its order. */
  read(content: string): ReadItem[];
};

const answersSchema = z.partialRecord(z.enum(DIMENSIONS), annotationAnswerSchema);

/** The fields that formats have in common, as they come in: empty text is nothing. */
export const exchangedItemSchema = z.object({
  item: text(),
  caseId: text(),
  model: text(),
  domain: z.enum(DOMAINS).optional().catch(undefined),
  task: z.enum(TASKS).optional().catch(undefined),
  language: text(),
  messages: z.array(annotationMessageSchema).default([]),
  reference: text(),
  reply: text(),
  gold: answersSchema.optional(),
  ratings: z.array(z.object({ rater: z.string().min(1), answers: answersSchema, comment: text() })).default([]),
});

function text() {
  return z
    .string()
    .nullish()
    .transform((value) => (value === null || value === undefined || value === '' ? undefined : value));
}

/** An item from what a format found, or the reason why it is none. */
export function readItem(value: unknown, place: string): ReadItem {
  const parsed = exchangedItemSchema.safeParse(value);
  if (parsed.success) return { ok: true, place, item: parsed.data };
  return { ok: false, place, reason: z.prettifyError(parsed.error).replaceAll('\n', ' ') };
}

/** A conversation as one text, for formats that have no list of messages: a role in brackets opens each. */
export const conversationText = (messages: readonly AnnotationMessage[]): string =>
  messages.map(({ role, text: said }) => `[${role}]\n${said.replace(ANY_ROLE_LINE, '\\$&')}`).join('\n\n');

const ROLE_LINE = /^\[(system|developer|user|assistant|tool)\]$/;
/** Lines of a message that look like the opening of one; a backslash before them says that they are not. */
const ANY_ROLE_LINE = /^\\*\[(?:system|developer|user|assistant|tool)\]$/gm;
const ESCAPED_ROLE_LINE = /^\\(\\*\[(?:system|developer|user|assistant|tool)\])$/;

/** The messages of a text as `conversationText` writes it; a text without roles is what a user said. */
export function conversationOf(conversation: string): AnnotationMessage[] {
  const lines = conversation.split('\n');
  if (!ROLE_LINE.test(lines[0] ?? '')) return conversation === '' ? [] : [{ role: 'user', text: conversation }];
  const messages: { role: string; lines: string[] }[] = [];
  for (const line of lines) {
    const role = ROLE_LINE.exec(line)?.[1];
    if (role !== undefined) messages.push({ role, lines: [] });
    else messages.at(-1)?.lines.push(line.replace(ESCAPED_ROLE_LINE, '$1'));
  }
  return messages.map(({ role, lines: said }, index) => ({
    role,
    // All but the last end with the empty line that parts it from the next.
    text: (index < messages.length - 1 && said.at(-1) === '' ? said.slice(0, -1) : said).join('\n'),
  }));
}

/** An answer as text, and back; undefined for what is none. */
export const answerText = (answer: AnnotationAnswers[Dimension]): string =>
  answer === undefined ? '' : String(answer);
export function answerOf(said: unknown): AnnotationAnswers[Dimension] {
  const value = typeof said === 'string' && /^[1-5]$/.test(said.trim()) ? Number(said) : said;
  const parsed = annotationAnswerSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
