import { createHash } from 'node:crypto';

const VERSION_HEX_DIGITS = 12;

/**
 * The content address of a catalogue: the first 12 hex digits of the SHA-256 of its canonical JSON.
 *
 * Key order and absent values do not matter, array order does. A top-level `version` is left out, so a catalogue
 * hashes to the version it carries.
 */
export function catalogVersion(content: unknown): string {
  return createHash('sha256')
    .update(canonicalJson(withoutVersion(content)))
    .digest('hex')
    .slice(0, VERSION_HEX_DIGITS);
}

function withoutVersion(content: unknown): unknown {
  if (!isRecord(content)) return content;
  return Object.fromEntries(Object.entries(content).filter(([key]) => key !== 'version'));
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const fields = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${fields.join(',')}}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
