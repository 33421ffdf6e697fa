import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type CheckScorer, failed, passIf } from './check-outcome.ts';
import { parseReplyJson } from './parse-reply-json.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

const compiler = new Ajv2020({ allErrors: false, strict: false, logger: false });
addFormats.default(compiler);
const compiled = new WeakMap<JsonSchema, ValidateFunction>();

/** @throws {Error} when it is no JSON schema (draft 2020-12) or refers to another document. */
export function compileSchema(schema: JsonSchema): ValidateFunction {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  try {
    const validate = compiler.compile(schema);
    compiled.set(schema, validate);
    return validate;
  } finally {
    // It would keep every schema that it has seen.
    compiler.removeSchema(schema);
  }
}

/** The text is JSON and satisfies the schema. */
export const checkJsonSchema: CheckScorer<'json-schema'> = {
  part: 'json',
  score(text, { schema }) {
    const validate = compile(schema);
    if ('problem' in validate) return { couldNotRun: validate.problem };
    const parsed = parseReplyJson(text);
    if ('why' in parsed) return failed(parsed.why);
    return passIf(validate(parsed.value), () => {
      const [first] = validate.errors ?? [];
      return `expected JSON that satisfies the schema, found that ${first?.instancePath || 'it'} ${first?.message ?? 'does not'}`;
    });
  },
};

function compile(schema: JsonSchema): ValidateFunction | { problem: string } {
  try {
    return compileSchema(schema);
  } catch (error) {
    return { problem: `the JSON schema cannot be used: ${error instanceof Error ? error.message : error}` };
  }
}
