const SECRET = /(^|_|[a-z])(password|secret|token|apikey)$/i;
/** What people and models wrote: its length is enough to know what was done. */
const CONTENT = /^(prompt|messages|content|reply|replies|text|input|output|correction|comment|reason|note)$/i;
const LONGEST_TEXT = 300;
const MOST_ENTRIES = 50;
const DEEPEST = 6;
const LARGEST_BYTES = 16_384;

/** A request body as the log keeps it: without secrets and what people wrote, and never large. Undefined when there is none. */
export function redactBody(body: unknown): unknown {
  if (body === undefined) return undefined;
  const redacted = redact(body, DEEPEST);
  const bytes = Buffer.byteLength(JSON.stringify(redacted) ?? '');
  return bytes > LARGEST_BYTES ? `[${bytes} bytes]` : redacted;
}

function redact(value: unknown, levels: number): unknown {
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return '[nested]';
  if (Array.isArray(value)) {
    const kept = value.slice(0, MOST_ENTRIES).map((entry) => redact(entry, levels - 1));
    return value.length > MOST_ENTRIES ? [...kept, `[${value.length - MOST_ENTRIES} more]`] : kept;
  }
  const entries = Object.entries(value).slice(0, MOST_ENTRIES);
  return Object.fromEntries(entries.map(([key, entry]) => [key, redactEntry(key, entry, levels)]));
}

function redactEntry(key: string, entry: unknown, levels: number): unknown {
  if (SECRET.test(key) && typeof entry !== 'number' && typeof entry !== 'boolean') return '[removed]';
  if (!CONTENT.test(key) || typeof entry === 'number') return redact(entry, levels - 1);
  return typeof entry === 'string' ? `[${entry.length} characters]` : '[content]';
}
