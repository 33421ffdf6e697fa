import type { ChatRequest } from '@pointsman/contracts';
import { isObject } from '../json-value.ts';

/** What a translating format carries over, by place. Everything else in a request is named as ignored. */
export type KnownKeys = {
  request: ReadonlySet<string>;
  message: ReadonlySet<string>;
  part: ReadonlySet<string>;
  tool: ReadonlySet<string>;
  function: ReadonlySet<string>;
};

/** The words of a text as a set: a readable way to write long lists of keys. */
export function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter(Boolean));
}

/** More names than this tell nobody anything; every candidate carries a copy of the list, and the reply's headers hold it. */
const MOST_NAMED = 32;
const LONGEST_NAME = 64;

/**
 * Names the non-null keys that the format does not carry over: `foo`, `messages[].foo`, `tools[].function.foo`. The first
 * 32 by name, then `...`.
 */
export function unknownKeys(request: ChatRequest, known: KnownKeys): string[] {
  const found = new Set<string>();
  const note = (value: unknown, keys: ReadonlySet<string>, prefix: string) => {
    if (!isObject(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      if (inner === undefined || inner === null || keys.has(key)) continue;
      found.add(found.size < MOST_NAMED ? prefix + key.slice(0, LONGEST_NAME) : '...');
    }
  };
  note(request, known.request, '');
  for (const message of request.messages) {
    note(message, known.message, 'messages[].');
    if (!Array.isArray(message.content)) continue;
    for (const part of message.content) note(part, known.part, 'messages[].content[].');
  }
  for (const tool of request.tools ?? []) {
    note(tool, known.tool, 'tools[].');
    note(tool.function, known.function, 'tools[].function.');
  }
  return [...found];
}
