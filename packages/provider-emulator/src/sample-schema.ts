import { digest, pickNumber } from './digest.ts';
import { isObject, type JsonObject } from './json-value.ts';

/** Below this depth only what a schema requires is written; keeps recursive schemas finite. */
const RICH_DEPTH = 4;
/** A schema that requires itself has no finite value; here the sampler gives up and writes null. */
const DEEPEST = 24;

type Place = { root: JsonObject; seed: string; depth: number; name: string };

/**
 * A small value that validates against a JSON schema, the same for the same seed. Understands types, const, enum,
 * properties and required, arrays, number and length bounds, common formats, local $ref, allOf, anyOf and oneOf. Does not
 * look at pattern, not, if or dependent keywords.
 */
export function sampleSchema(schema: unknown, seed: string): unknown {
  const root = isObject(schema) ? schema : {};
  return sample(schema, { root, seed, depth: 0, name: 'value' });
}

function sample(schema: unknown, place: Place): unknown {
  if (!isObject(schema) || place.depth > DEEPEST) return schema === true ? place.name : null;
  const resolved = resolve(schema, place.root);
  if ('const' in resolved) return resolved.const;
  const options = resolved.enum;
  if (Array.isArray(options) && options.length > 0)
    return options[pickNumber(options.length, [place.seed, place.name])];
  const alternatives = resolved.anyOf ?? resolved.oneOf;
  if (Array.isArray(alternatives) && alternatives.length > 0) return sampleAlternative(resolved, alternatives, place);
  return sampleType(typeOf(resolved), resolved, place);
}

function sampleType(type: string, schema: JsonObject, place: Place): unknown {
  switch (type) {
    case 'object':
      return sampleObject(schema, place);
    case 'array':
      return sampleArray(schema, place);
    case 'integer':
    case 'number':
      return sampleNumber(schema, type === 'integer', place);
    case 'boolean':
      return pickNumber(2, [place.seed, place.name]) === 1;
    case 'null':
      return null;
    default:
      return sampleString(schema, place);
  }
}

function sampleAlternative(schema: JsonObject, alternatives: readonly unknown[], place: Place): unknown {
  const { anyOf: _any, oneOf: _one, ...rest } = schema;
  const candidates = alternatives.map((alternative) =>
    isObject(alternative) ? merge(rest, resolve(alternative, place.root)) : alternative,
  );
  // Deep down the alternative that can end soonest is the one that keeps a recursive schema finite.
  const chosen = place.depth >= RICH_DEPTH ? (candidates.find(endsHere) ?? candidates[0]) : candidates[0];
  return sample(chosen, { ...place, depth: place.depth + 1 });
}

function endsHere(schema: unknown): boolean {
  if (!isObject(schema)) return true;
  if ('const' in schema || 'enum' in schema) return true;
  const type = typeOf(schema);
  if (type === 'object') return !Array.isArray(schema.required) || schema.required.length === 0;
  if (type === 'array') return numberAt(schema, 'minItems', 0) === 0;
  return !('anyOf' in schema || 'oneOf' in schema);
}

function sampleObject(schema: JsonObject, place: Place): JsonObject {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  const names = place.depth < RICH_DEPTH ? [...new Set([...Object.keys(properties), ...required])] : required;
  const extra = isObject(schema.additionalProperties) ? schema.additionalProperties : true;
  const result: JsonObject = {};
  const write = (name: string): void => {
    const value = sample(Object.hasOwn(properties, name) ? properties[name] : extra, below(place, name));
    // Assignment to __proto__ would set a prototype instead of a property.
    Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true });
  };
  names.forEach(write);
  for (let index = 1; Object.keys(result).length < numberAt(schema, 'minProperties', 0); index += 1) {
    write(`extra_${index}`);
  }
  return result;
}

function sampleArray(schema: JsonObject, place: Place): unknown[] {
  const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
  const least = numberAt(schema, 'minItems', 0);
  const wanted = place.depth < RICH_DEPTH ? Math.max(least, prefix.length, 1) : least;
  const count = Math.min(wanted, numberAt(schema, 'maxItems', Number.POSITIVE_INFINITY));
  const items = 'items' in schema ? schema.items : true;
  const allowed = items === false ? Math.min(count, prefix.length) : count;
  const values: unknown[] = [];
  const written = new Set<string>();
  // Seeds beyond the wanted number are spare tries for uniqueItems.
  for (let attempt = 0; values.length < allowed && attempt < allowed + 200; attempt += 1) {
    const value = sample(prefix[values.length] ?? items, below(place, `${place.name} ${attempt + 1}`, attempt));
    const text = JSON.stringify(value);
    if (schema.uniqueItems === true && written.has(text)) continue;
    written.add(text);
    values.push(value);
  }
  return values;
}

function sampleNumber(schema: JsonObject, whole: boolean, place: Place): number {
  const step = numberAt(schema, 'multipleOf', whole ? 1 : 0);
  const tick = step > 0 ? step : 0.5;
  const over = numberAt(schema, 'exclusiveMinimum', Number.NEGATIVE_INFINITY);
  const under = numberAt(schema, 'exclusiveMaximum', Number.POSITIVE_INFINITY);
  const least = Math.max(numberAt(schema, 'minimum', Number.NEGATIVE_INFINITY), over);
  const most = Math.min(numberAt(schema, 'maximum', Number.POSITIVE_INFINITY), under);
  const wish = 1 + pickNumber(100, [place.seed, place.name]);
  const clamped = Math.min(Math.max(wish, least), most);
  const fits = (value: number): boolean => value >= least && value <= most && value > over && value < under;
  for (const value of [Math.round(clamped / tick) * tick, Math.ceil(least / tick) * tick]) {
    for (const moved of [value, value + tick, value - tick]) if (fits(moved)) return moved;
  }
  // Room smaller than a tick: only a number that need not be whole can lie there.
  return Number.isFinite(least) && Number.isFinite(most) ? (least + most) / 2 : clamped;
}

const FORMATS: Record<string, string> = {
  'date-time': '2026-01-15T09:30:00Z',
  date: '2026-01-15',
  time: '09:30:00Z',
  duration: 'PT15M',
  email: 'someone@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  url: 'https://example.com/',
};

function sampleString(schema: JsonObject, place: Place): string {
  const format = typeof schema.format === 'string' ? schema.format : '';
  if (format === 'uuid') {
    const hex = digest([place.seed, place.name], 32);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  }
  const fixed = FORMATS[format];
  if (fixed !== undefined) return fixed;
  const text = `emulated ${place.name}`.padEnd(numberAt(schema, 'minLength', 0), '.');
  return text.slice(0, numberAt(schema, 'maxLength', text.length));
}

function below(place: Place, name: string, index?: number): Place {
  return { ...place, depth: place.depth + 1, name, seed: index === undefined ? place.seed : `${place.seed}/${index}` };
}

function typeOf(schema: JsonObject): string {
  const type = schema.type;
  if (typeof type === 'string') return type;
  if (Array.isArray(type)) return String(type.find((option) => option !== 'null') ?? 'null');
  if ('properties' in schema || 'required' in schema || 'additionalProperties' in schema) return 'object';
  if ('items' in schema || 'prefixItems' in schema || 'minItems' in schema) return 'array';
  const numeric = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];
  return numeric.some((keyword) => keyword in schema) ? 'number' : 'string';
}

function numberAt(schema: JsonObject, keyword: string, otherwise: number): number {
  const value = schema[keyword];
  return typeof value === 'number' ? value : otherwise;
}

/** The schema with local references and allOf folded in. */
function resolve(schema: JsonObject, root: JsonObject): JsonObject {
  let current = schema;
  for (let hops = 0; typeof current.$ref === 'string' && hops < DEEPEST; hops += 1) {
    const { $ref, ...rest } = current;
    current = merge(rest, follow(String($ref), root));
  }
  const parts = current.allOf;
  if (!Array.isArray(parts)) return current;
  const { allOf: _parts, ...rest } = current;
  return parts.filter(isObject).reduce((merged: JsonObject, part) => merge(merged, resolve(part, root)), rest);
}

function follow(reference: string, root: JsonObject): JsonObject {
  const steps = reference.replace(/^#/, '').split('/').slice(1);
  let current: unknown = root;
  for (const step of steps) {
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    current = isObject(current) || Array.isArray(current) ? Reflect.get(current, name) : undefined;
  }
  return isObject(current) ? current : {};
}

function merge(first: JsonObject, second: JsonObject): JsonObject {
  const both: JsonObject = { ...first, ...second };
  const lists = [first.required, second.required].filter(Array.isArray);
  if (lists.length > 0) both.required = [...new Set(lists.flat())];
  if (isObject(first.properties) && isObject(second.properties)) {
    both.properties = { ...first.properties, ...second.properties };
  }
  const bounds = [
    ['minimum', Math.max],
    ['maximum', Math.min],
    ['minItems', Math.max],
    ['maxItems', Math.min],
    ['minLength', Math.max],
    ['maxLength', Math.min],
  ] as const;
  for (const [keyword, tighter] of bounds) {
    const [one, other] = [first[keyword], second[keyword]];
    if (typeof one === 'number' && typeof other === 'number') both[keyword] = tighter(one, other);
  }
  return both;
}
