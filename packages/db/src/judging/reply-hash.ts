import { createHash } from 'node:crypto';

/** A text as PostgreSQL can hold it: without NUL and without halves of surrogate pairs. Stored replies are so already. */
export const storableText = (text: string): string => text.replaceAll('\u0000', '\ufffd').toWellFormed();

/** SHA-256, hex, of a reply's text: what an annotation is of. */
export const replyHash = (text: string): string => createHash('sha256').update(storableText(text)).digest('hex');
