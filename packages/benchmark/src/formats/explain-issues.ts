import type { z } from 'zod';

const LONGEST_VALUE = 80;

/** What is wrong with a value, in one line: where, what, and what was found there. */
export const explainIssues = (error: z.ZodError, value: unknown): string =>
  error.issues.map((issue) => explainIssue(issue, value)).join('; ');

function explainIssue({ path, message, code }: z.core.$ZodIssue, value: unknown): string {
  const where = pathText(path);
  const found = valueAt(value, path);
  const got = found === undefined || code === 'unrecognized_keys' ? '' : ` (got ${shortJson(found)})`;
  return `${where === '' ? '' : `${where}: `}${message}${got}`;
}

const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

/** A value as JSON, cut where it is long. */
export function shortJson(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length <= LONGEST_VALUE ? json : `${json.slice(0, LONGEST_VALUE)}...`;
}
