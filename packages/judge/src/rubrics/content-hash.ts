import { createHash } from 'node:crypto';

/** SHA-256, hex, of a value as JSON; the order of names in an object does not matter. */
export function contentHash(value: unknown): string {
  const canonical = JSON.stringify(value, (_, part: unknown) => (isRecord(part) ? sorted(part) : part));
  return createHash('sha256').update(canonical).digest('hex');
}

const sorted = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
