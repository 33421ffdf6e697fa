import { ProviderError } from '../types.ts';

/** So much of a key is worth hiding even where a message was cut in its middle; less is a prefix that many keys share. */
const SHORTEST_PART = 12;
const SHOWN = '[key]';

/** Some hosts repeat the key they were given. It must not travel on in a message, neither whole nor its cut-off beginning. */
export function withoutKey(error: unknown, key: string | undefined): unknown {
  if (error instanceof ProviderError && key) error.message = redact(error.message, key);
  return error;
}

function redact(message: string, key: string): string {
  let text = message.replaceAll(key, SHOWN);
  const start = key.slice(0, SHORTEST_PART);
  if (start.length < SHORTEST_PART) return text;
  for (let at = text.indexOf(start); at !== -1; at = text.indexOf(start, at + SHOWN.length)) {
    let end = start.length;
    while (end < key.length && text[at + end] === key[end]) end += 1;
    text = text.slice(0, at) + SHOWN + text.slice(at + end);
  }
  return text;
}
