import { isObject, type JsonObject, parseJson, tokensOf } from '../json-value.ts';

const CHOICES = Buffer.from('"choices"');
const USAGE = Buffer.from('"usage"');
const OPEN = 0x7b;
const CLOSE = 0x7d;

/**
 * The `usage` object of a chat completion, read without parsing the reply around it: a long reply is passed through byte
 * for byte, and parsing it would cost more than all else the gateway does. Undefined when in doubt; parse the whole then.
 *
 * Safe because inside a JSON string every quote is escaped: `"usage"` can only be a key (or a whole string value, which no
 * brace follows). The object itself must hold no brace inside a string, which usage never does; if it did, what is cut out
 * would be no JSON and the answer undefined.
 */
export function scanReplyUsage(body: Buffer): JsonObject | undefined {
  const at = body.lastIndexOf(USAGE);
  if (at === -1 || !body.includes(CHOICES) || !isBraced(body)) return undefined;
  const open = skipTo(body, at + USAGE.length);
  if (open === -1) return undefined;
  let depth = 0;
  for (let i = open; i < body.length; i++) {
    if (body[i] === OPEN) depth++;
    else if (body[i] === CLOSE && --depth === 0) {
      const usage = parseJson(body.toString('utf8', open, i + 1));
      return isObject(usage) && isCount(usage.prompt_tokens) && isCount(usage.completion_tokens) ? usage : undefined;
    }
  }
  return undefined;
}

/** A stream's events, a page or a torn reply are no object, whatever they hold. */
function isBraced(body: Buffer): boolean {
  let [first, last] = [0, body.length - 1];
  while (isSpace(body[first])) first += 1;
  while (isSpace(body[last])) last -= 1;
  return body[first] === OPEN && body[last] === CLOSE;
}

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

const isCount = (value: unknown): boolean => tokensOf(value) !== undefined;

/** The offset of the object that follows a key: a colon and white space may stand between, nothing else. */
function skipTo(body: Buffer, from: number): number {
  for (let i = from; i < body.length; i++) {
    const byte = body[i];
    if (byte === OPEN) return i;
    if (byte !== 0x3a && !isSpace(byte)) return -1;
  }
  return -1;
}
