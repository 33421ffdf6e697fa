import { z } from 'zod';
import { configFileSchema } from './file-schema.ts';

/** A JSON Schema node, as far as this package reads it. */
export type JsonSchema = {
  type?: string | undefined;
  description?: string | undefined;
  enum?: readonly unknown[] | undefined;
  format?: string | undefined;
  pattern?: string | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  minLength?: number | undefined;
  properties?: Readonly<Record<string, JsonSchema>> | undefined;
  additionalProperties?: JsonSchema | boolean | undefined;
  items?: JsonSchema | undefined;
  [keyword: string]: unknown;
};

/** The configuration file's shape without `${ENV}` references, for looking up what was expected at a path. */
export const plainConfigSchema: JsonSchema = z.toJSONSchema(configFileSchema, { io: 'input' }) as JsonSchema;

/** The published JSON Schema of `pointsman.config.yaml`, for editors; every value may also be a `${ENV}` reference. */
export function configJsonSchema(): JsonSchema {
  const { $schema, ...shape } = plainConfigSchema;
  return {
    $schema,
    title: 'pointsman.config.yaml',
    description: 'Configuration of the Pointsman gateway. Generated from packages/administration: do not edit.',
    ...allowReferences(shape),
  };
}

/** The schema of what stands at this path, or undefined where the file may hold nothing. */
export function schemaAt(path: readonly PropertyKey[]): JsonSchema | undefined {
  let node: JsonSchema | undefined = plainConfigSchema;
  for (const key of path) {
    if (node === undefined) return undefined;
    const named: JsonSchema | undefined = typeof key === 'string' ? node.properties?.[key] : undefined;
    const any: JsonSchema | undefined =
      typeof node.additionalProperties === 'object' ? node.additionalProperties : node.items;
    node = named ?? any;
  }
  return node;
}

const REFERENCE: JsonSchema = { type: 'string', pattern: '\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}' };

function allowReferences(node: JsonSchema): JsonSchema {
  if (node.type === 'object') {
    const { properties, additionalProperties } = node;
    return {
      ...node,
      ...(properties && {
        properties: Object.fromEntries(Object.entries(properties).map(([key, child]) => [key, allowReferences(child)])),
      }),
      ...(typeof additionalProperties === 'object' && { additionalProperties: allowReferences(additionalProperties) }),
    };
  }
  if (node.type === 'array') return { ...node, ...(node.items && { items: allowReferences(node.items) }) };
  const constrained =
    node.type !== 'string' ||
    node.enum !== undefined ||
    node.format !== undefined ||
    node.pattern !== undefined ||
    (node.minLength ?? 0) > 1;
  if (!constrained) return node;
  const { description, ...rest } = node;
  return { ...(description !== undefined && { description }), anyOf: [rest, REFERENCE] };
}
