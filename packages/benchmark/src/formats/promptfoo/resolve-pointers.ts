import { isJsonObject } from '../json-lines.ts';

/** Templates may be made of templates; deeper than this they go round in a circle. */
const DEEPEST = 20;

/** The value with every `{$ref: '#/a/b'}` replaced by what stands there; one that points nowhere stays, a JSON schema may have it. */
export const resolvePointers = (root: unknown): unknown => resolve(root, root, 0);

function resolve(value: unknown, root: unknown, depth: number): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, root, depth));
  if (!isJsonObject(value)) return value;
  const { $ref: pointer } = value;
  const target = typeof pointer === 'string' && depth < DEEPEST ? targetOf(pointer, root) : undefined;
  if (target !== undefined) return resolve(target, root, depth + 1);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolve(member, root, depth)]));
}

function targetOf(pointer: string, root: unknown): unknown {
  if (!pointer.startsWith('#/')) return undefined;
  const names = pointer.slice(2).split('/');
  return names.reduce<unknown>(
    (inner, name) => (isJsonObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined),
    root,
  );
}
