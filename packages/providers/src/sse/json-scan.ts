// Finds values in an event's JSON without parsing it. Safe because inside a JSON string every quote is escaped, so the
// needle `"key":` can only match a key (or a whole string followed by a colon, which is again a key).

const QUOTE = 34;
const BACKSLASH = 92;
const SPACE = 32;
const LOWER_U = 117;

/** Offset of the value after `needle` (a quoted key with its colon), or -1. */
export function findValue(text: string, needle: string, from = 0): number {
  const at = text.indexOf(needle, from);
  if (at === -1) return -1;
  const value = at + needle.length;
  return text.charCodeAt(value) === SPACE ? value + 1 : value;
}

/** True when `text` has the key with a value that is neither null nor absent. */
export function hasValue(text: string, needle: string): boolean {
  const value = findValue(text, needle);
  return value !== -1 && !text.startsWith('null', value);
}

/**
 * Characters of the JSON string that opens at `at` in latin1 text of UTF-8 bytes: an escape counts one, continuation
 * bytes count nothing. 0 when no string opens there.
 */
export function countStringChars(text: string, at: number): number {
  if (at === -1 || text.charCodeAt(at) !== QUOTE) return 0;
  let chars = 0;
  for (let i = at + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return chars;
    if (code === BACKSLASH) i += text.charCodeAt(i + 1) === LOWER_U ? 5 : 1;
    else if (code >= 0x80 && code < 0xc0) continue;
    chars++;
  }
  return chars;
}

/**
 * Characters between two offsets that lie inside one JSON string, counted as `countStringChars` does; -1 when the string
 * ends before `to`, or `to` falls into an escape.
 */
export function countCharsWithin(text: string, from: number, to: number): number {
  let chars = 0;
  let i = from;
  for (; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) return -1;
    if (code === BACKSLASH) i += text.charCodeAt(i + 1) === LOWER_U ? 5 : 1;
    else if (code >= 0x80 && code < 0xc0) continue;
    chars++;
  }
  return i === to ? chars : -1;
}
