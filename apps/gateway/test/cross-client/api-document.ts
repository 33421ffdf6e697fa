/** As much of JSON Schema as the admin API's own description uses. */
export type Schema = {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
  minimum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  minLength?: number;
  format?: string;
  default?: unknown;
};

export type Operation = {
  method: string;
  path: string;
  parameters: { name: string; in: 'path' | 'query'; required: boolean; schema: Schema }[];
  body: Schema | undefined;
  /** Whether nobody needs to be signed in. */
  isPublic: boolean;
};

type RawOperation = {
  security?: unknown[];
  parameters?: { name: string; in: 'path' | 'query'; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};
type Document = { paths: Record<string, Record<string, RawOperation>> };

/** Every operation that the gateway's own description of `/api` lists. */
export async function readOperations(origin: string): Promise<Operation[]> {
  const document = (await (await fetch(`${origin}/api/openapi.json`)).json()) as Document;
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, raw]) => ({
      method: method.toUpperCase(),
      path,
      parameters: (raw.parameters ?? []).map((parameter) => ({ ...parameter, required: parameter.required === true })),
      body: raw.requestBody?.content['application/json']?.schema,
      isPublic: raw.security === undefined,
    })),
  );
}

/** A value that fits the schema: what is required, of each the least; a property in `given` takes that value instead. */
export function sampleOf(schema: Schema, given: Record<string, unknown>): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.default !== undefined && schema.type !== 'object') return schema.default;
  const variant = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0];
  if (variant !== undefined) return sampleOf(variant, given);
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'object':
      return sampleObject(schema, given);
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}, given));
    case 'number':
      return schema.minimum ?? (schema.exclusiveMinimum === undefined ? 1 : schema.exclusiveMinimum + 0.5);
    case 'integer':
      return schema.minimum ?? (schema.exclusiveMinimum === undefined ? 1 : schema.exclusiveMinimum + 1);
    case 'boolean':
      return true;
    case 'string':
      return sampleText(schema);
    default:
      return {};
  }
}

function sampleObject({ properties = {}, required = [] }: Schema, given: Record<string, unknown>): object {
  const named = Object.entries(properties).filter(([name]) => required.includes(name) || name in given);
  return Object.fromEntries(named.map(([name, schema]) => [name, given[name] ?? sampleOf(schema, given)]));
}

function sampleText({ format, minLength = 1 }: Schema): string {
  if (format === 'email') return 'intruder@pointsman.example';
  if (format === 'date-time') return '2030-01-01T00:00:00Z';
  if (format === 'date') return '2026-11-01';
  return 'x'.repeat(Math.max(1, minLength));
}
