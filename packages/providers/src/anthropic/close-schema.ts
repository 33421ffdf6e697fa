import { isObject, type JsonObject, listOf } from '../json-value.ts';

export type ClosedSchema = {
  schema: JsonObject;
  /** Keywords that the provider does not enforce; they went into descriptions, for the model to read. */
  unenforced: string[];
};

const STRUCTURE = new Set([
  '$ref',
  '$defs',
  'definitions',
  'properties',
  'items',
  'anyOf',
  'oneOf',
  'allOf',
  'additionalProperties',
]);
const KEPT = new Set(['type', 'enum', 'const', 'required', 'title', 'description', 'default']);
const DROPPED = new Set(['$schema', '$id']);
// The list of Anthropic's own client (lib/transform-json-schema in @anthropic-ai/sdk 1.11).
const FORMATS = new Set(['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid']);

/**
 * A JSON schema as Anthropic's structured outputs take it: every object closed, only the keywords it enforces. Whatever
 * fits the closed schema fits the original but for the unenforced keywords. Undefined when the schema has an open map
 * (an object without named properties), which cannot be closed without emptying it.
 */
export function closeSchema(schema: JsonObject): ClosedSchema | undefined {
  const unenforced = new Set<string>();
  const closed = close(schema, unenforced);
  return closed === undefined ? undefined : { schema: closed, unenforced: [...unenforced] };
}

function close(node: JsonObject, unenforced: Set<string>): JsonObject | undefined {
  const closed: JsonObject = {};
  const told: JsonObject = {};
  for (const [key, value] of Object.entries(node)) {
    if (STRUCTURE.has(key) || DROPPED.has(key)) continue;
    if (KEPT.has(key) || isEnforced(key, value)) closed[key] = value;
    else told[key] = value;
  }
  for (const key of Object.keys(told)) unenforced.add(key);
  if (Object.keys(told).length > 0)
    closed.description = [node.description, JSON.stringify(told)].filter(Boolean).join(' ');
  if (typeof node.$ref === 'string') closed.$ref = node.$ref;
  return closeChildren(node, closed, unenforced) ? closed : undefined;
}

function isEnforced(key: string, value: unknown): boolean {
  return (key === 'format' && FORMATS.has(String(value))) || (key === 'minItems' && (value === 0 || value === 1));
}

function closeChildren(node: JsonObject, closed: JsonObject, unenforced: Set<string>): boolean {
  for (const key of ['$defs', 'definitions', 'properties']) {
    const children = node[key];
    if (!isObject(children)) continue;
    const entries = Object.entries(children).map(([name, child]) => [
      name,
      isObject(child) ? close(child, unenforced) : child,
    ]);
    if (entries.some(([, child]) => child === undefined)) return false;
    closed[key] = Object.fromEntries(entries);
  }
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    if (!Array.isArray(node[key])) continue;
    const variants = listOf(node[key]).map((child) => (isObject(child) ? close(child, unenforced) : child));
    if (variants.includes(undefined)) return false;
    closed[key === 'oneOf' ? 'anyOf' : key] = variants;
  }
  if (isObject(node.items)) {
    const items = close(node.items, unenforced);
    if (items === undefined) return false;
    closed.items = items;
  }
  return closeObject(node, closed);
}

function closeObject(node: JsonObject, closed: JsonObject): boolean {
  const isObjectType = node.type === 'object' || listOf(node.type).includes('object') || isObject(node.properties);
  if (!isObjectType) return true;
  const named = isObject(node.properties) && Object.keys(node.properties).length > 0;
  if (!named && node.additionalProperties !== false) return false;
  closed.additionalProperties = false;
  return true;
}
