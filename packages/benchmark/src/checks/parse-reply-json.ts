import { quoteFound } from './quote-found.ts';

/** The JSON value that a part of a reply is, or why it is none. */
export function parseReplyJson(text: string): { value: unknown } | { why: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { why: `expected JSON, found ${quoteFound(text)} (${reason})` };
  }
}
