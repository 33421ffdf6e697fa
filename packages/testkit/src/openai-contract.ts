import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { Requirement } from './requirement.ts';
import { requireShared } from './shared-dir.ts';

export type OpenaiContract = {
  /** What is wrong with a value, by a named schema of OpenAI's API description; empty when nothing is. */
  problemsOf(schemaName: string, value: unknown): string;
};

/**
 * OpenAI's published API description, from the shared data, for `describe.skipIf(!contract.available)`.
 * @throws Error when it is missing under POINTSMAN_REQUIRE_ALL=1.
 */
export function openaiContract(): Requirement<OpenaiContract> {
  const description = requireShared('contract/openai-openapi.yaml');
  return description.available ? { available: true, value: readContract(description.value) } : description;
}

function readContract(path: string): OpenaiContract {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  const { components } = parse(readFileSync(path, 'utf8'), allowNull, { maxAliasCount: -1 }) as { components: object };
  ajv.addSchema({ $id: 'openai', components });
  const compiled = new Map<string, ValidateFunction>();
  return {
    problemsOf(schemaName, value) {
      const validate = compiled.get(schemaName) ?? ajv.compile({ $ref: `openai#/components/schemas/${schemaName}` });
      compiled.set(schemaName, validate);
      return validate(value) ? '' : ajv.errorsText(validate.errors);
    },
  };
}

/** The description says 3.1 and still uses 3.0's `nullable`, also where ajv would not take it. */
function allowNull(_key: unknown, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('nullable' in value) || value.nullable !== true) return value;
  const { nullable: _nullable, ...schema } = value;
  return { anyOf: [schema, { type: 'null' }] };
}
