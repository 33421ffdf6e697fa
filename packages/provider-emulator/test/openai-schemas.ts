import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const SHARED = process.env.POINTSMAN_SHARED_DIR ?? fileURLToPath(new URL('../../../../shared', import.meta.url));

/** OpenAI's published API description. */
export const OPENAI_DESCRIPTION = join(SHARED, 'contract/openai-openapi.yaml');

/** Whether tests against the description can run; they must when everything is required. */
export const hasOpenaiDescription = existsSync(OPENAI_DESCRIPTION) || process.env.POINTSMAN_REQUIRE_ALL === '1';

/** What is wrong with a value, by a named schema of OpenAI's description; empty when nothing is. */
export function createOpenaiValidator(): (schemaName: string, value: unknown) => string {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  const text = readFileSync(OPENAI_DESCRIPTION, 'utf8');
  const { components } = parse(text, allowNull, { maxAliasCount: -1 }) as { components: object };
  ajv.addSchema({ $id: 'openai', components });
  return (schemaName, value) => {
    const validate = ajv.compile({ $ref: `openai#/components/schemas/${schemaName}` });
    return validate(value) ? '' : ajv.errorsText(validate.errors);
  };
}

/** The description says 3.1 and still uses 3.0's `nullable`, also where ajv would not take it. */
function allowNull(_key: unknown, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('nullable' in value) || value.nullable !== true) return value;
  const { nullable: _nullable, ...schema } = value;
  return { anyOf: [schema, { type: 'null' }] };
}
