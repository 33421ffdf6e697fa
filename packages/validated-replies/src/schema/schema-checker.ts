import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonSchema } from '../validated-reply.ts';
import { describeProblems } from './describe-problems.ts';

/** The value, known to satisfy the schema, or what keeps it from doing so: a line for each of the first problems. */
export type SchemaCheck<T> = { value: T } | { complaints: readonly string[] };

const compiled = new WeakMap<JsonSchema, ValidateFunction>();

/**
 * Compiles a JSON Schema (draft 2020-12), once for each schema object.
 *
 * @throws Error, saying why, when it is no schema or refers to another document.
 */
export function schemaChecker<T>(schema: JsonSchema): (value: unknown) => SchemaCheck<T> {
  const known = compiled.get(schema);
  const validate = known ?? compile(schema);
  if (known === undefined) compiled.set(schema, validate);
  return (value) => {
    if (fits<T>(validate, value)) return { value };
    return { complaints: describeProblems(value, validate.errors ?? []) };
  };
}

// What the schema describes is T by the word of the caller who wrote both.
function fits<T>(validate: ValidateFunction, value: unknown): value is T {
  return validate(value);
}

function compile(schema: JsonSchema): ValidateFunction {
  // A compiler for each: one keeps every schema that it has seen.
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false, logger: false });
  addFormats.default(ajv);
  try {
    return ajv.compile(schema);
  } catch (error) {
    throw new Error(`The reply's JSON schema cannot be used: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}
