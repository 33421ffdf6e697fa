import { GatewayError } from '@pointsman/contracts';
import type { z } from 'zod';

/**
 * The input checked against a schema of the contracts.
 * @throws {GatewayError} `invalid_request`, naming every field that does not fit, the value got (never a password) and
 * what was expected; its `param` is the first such field.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const message = result.error.issues.map(describe).join('; ');
  throw new GatewayError('invalid_request', message, {
    ...(first && first.path.length > 0 && { param: pathOf(first) }),
  });
}

const SECRETS: ReadonlySet<PropertyKey> = new Set(['password', 'token']);

const pathOf = (issue: z.core.$ZodIssue): string => issue.path.map(String).join('.');

function describe(issue: z.core.$ZodIssue): string {
  const path = pathOf(issue);
  const place = path === '' ? '' : `${path}: `;
  if (issue.code === 'unrecognized_keys') return `${place}unknown ${issue.keys.join(', ')}`;
  const shown =
    issue.input !== undefined && typeof issue.input !== 'object' && !issue.path.some((key) => SECRETS.has(key));
  const got = shown ? ` (got ${JSON.stringify(issue.input)})` : '';
  const expected = issue.message.replace(/^Invalid input: /, '');
  return `${place}${expected}${got}`;
}
