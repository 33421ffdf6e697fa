import type { z } from 'zod';
import { nearestName } from '../nearest-name.ts';
import { type JsonSchema, schemaAt } from './config-json-schema.ts';
import type { ConfigProblem } from './config-problem.ts';
import { chooseOneOf, withoutCredentials } from './read-environment.ts';
import type { ConfigPath } from './resolve-references.ts';

export type Explained = { path: ConfigPath; problem: Omit<ConfigProblem, 'path'> };

/**
 * What one finding of zod means to a person who wrote the file.
 * @param written the file's content before references were resolved, so that no resolved secret is ever shown.
 */
export function explainIssue(issue: z.core.$ZodIssue, written: unknown): Explained[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => explainUnknownKey(path, key));
  const got = valueAt(written, path);
  if (issue.code === 'invalid_key') {
    const isModel = path[0] === 'models';
    const mend = isModel
      ? 'Name a model <provider>/<model>, such as groq/llama-3.3-70b.'
      : 'Use lower-case letters, digits and dashes.';
    return [{ path, problem: { message: 'is not a valid id', mend } }];
  }
  const schema = schemaAt(path);
  return [{ path, problem: { message: messageOf(issue, got), got: show(got, path), mend: mendFor(schema, got) } }];
}

function explainUnknownKey(path: ConfigPath, key: string): Explained {
  const known = Object.keys(schemaAt(path)?.properties ?? {});
  const near = nearestName(key, known);
  const mend = `${near === undefined ? '' : `Did you mean ${near}? `}Known here: ${known.join(', ')}.`;
  return { path: [...path, key], problem: { message: 'is not a setting', mend } };
}

function messageOf(issue: z.core.$ZodIssue, got: unknown): string {
  if (got === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPE_NAMES[issue.expected] ?? issue.expected}, not ${kindOf(got)}`;
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int' ? `is below ${issue.minimum}` : tooShort(issue);
    case 'too_big':
      return `is above ${issue.maximum}`;
    case 'invalid_value':
      return 'is not one of the choices';
    case 'invalid_format':
      return FORMAT_NAMES[issue.format] ?? 'has the wrong form';
    default:
      return issue.message;
  }
}

const tooShort = ({ origin, minimum }: z.core.$ZodIssueTooSmall): string =>
  origin === 'string' && minimum > 1 ? `is shorter than ${minimum} characters` : 'is empty';

const TYPE_NAMES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};
const FORMAT_NAMES: Readonly<Record<string, string>> = {
  url: 'is not an http or https address',
  date: 'is not a date',
};

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'number' && !Number.isInteger(value)
    ? 'a fraction'
    : `a ${typeof value === 'string' ? 'text' : typeof value}`;
}

function mendFor(schema: JsonSchema | undefined, got: unknown): string {
  const meaning = schema?.description === undefined ? '' : ` (${schema.description}.)`;
  return `${expectation(schema, got)}${meaning}`;
}

function expectation(schema: JsonSchema | undefined, got: unknown): string {
  if (schema?.enum !== undefined) return chooseOneOf(String(got), schema.enum.map(String));
  if (schema?.format === 'uri') return 'Use an address such as https://api.example.com/v1.';
  if (schema?.format === 'date') return 'Use a date such as 2026-07-01.';
  switch (schema?.type) {
    case 'integer':
    case 'number': {
      const noun = schema.type === 'integer' ? 'a whole number' : 'a number';
      // Without an upper bound of its own an integer ends at 2^53 - 1, which helps nobody.
      const bounded = schema.maximum !== undefined && schema.maximum < Number.MAX_SAFE_INTEGER;
      return bounded
        ? `Use ${noun} from ${schema.minimum} to ${schema.maximum}.`
        : `Use ${noun} of at least ${schema.minimum}.`;
    }
    case 'boolean':
      return 'Use true or false.';
    case 'array':
      return 'Use a list with at least one entry: [first, second].';
    case 'object':
      return 'Use a mapping: one "key: value" per line, indented.';
    default:
      return schema?.pattern === undefined ? 'Use a text.' : `Use a text that matches ${schema.pattern}.`;
  }
}

function valueAt(content: unknown, path: ConfigPath): unknown {
  let value = content;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.hasOwn(value, key) ? (value as Record<string | number, unknown>)[key] : undefined;
  }
  return value ?? undefined;
}

const SECRETS: ReadonlySet<string | number | undefined> = new Set(['apiKey', 'secret', 'clientSecret']);

/** The value as text of at most 80 characters; undefined for what is absent or may be a secret. */
function show(value: unknown, path: ConfigPath): string | undefined {
  if (value === undefined || SECRETS.has(path.at(-1)) || typeof value === 'object') return undefined;
  const text = withoutCredentials(typeof value === 'string' ? `"${value}"` : String(value));
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
