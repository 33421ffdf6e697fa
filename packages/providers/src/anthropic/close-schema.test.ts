import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json-value.ts';
import { closeSchema } from './close-schema.ts';

const leaf = fc.constantFrom<JsonObject>(
  { type: 'string' },
  { type: 'integer', minimum: 1 },
  { enum: ['a'] },
  { type: 'string', format: 'date' },
);
const { schema: anySchema } = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({ type: fc.constant('array'), items: tie('schema') }),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    fc.record({
      type: fc.constant('object'),
      properties: fc.dictionary(fc.string(), tie('schema'), { minKeys: 1, maxKeys: 3 }),
    }),
  ),
}));

function objectsIn(node: unknown): JsonObject[] {
  if (Array.isArray(node)) return node.flatMap(objectsIn);
  if (typeof node !== 'object' || node === null) return [];
  const self = node as JsonObject;
  return [...(self.type === 'object' ? [self] : []), ...Object.values(self).flatMap(objectsIn)];
}

describe('closing a JSON schema', () => {
  it('closes every object of any schema, and closing twice changes nothing', () => {
    fc.assert(
      fc.property(anySchema, (schema) => {
        const closed = closeSchema(schema);
        if (closed === undefined) throw new Error('a schema without open maps was refused');
        for (const object of objectsIn(closed.schema)) {
          if (typeof object.properties === 'object') expect(object.additionalProperties).toBe(false);
        }
        expect(closeSchema(closed.schema)?.schema).toEqual(closed.schema);
      }),
    );
  });

  it('refuses an open map wherever it is, for closing would empty it', () => {
    const open = { type: 'object', additionalProperties: { type: 'string' } };
    expect(closeSchema(open)).toBeUndefined();
    expect(closeSchema({ type: 'object', properties: { labels: open } })).toBeUndefined();
    expect(closeSchema({ type: 'array', items: open })).toBeUndefined();
    expect(closeSchema({ anyOf: [{ type: 'null' }, open] })).toBeUndefined();
    expect(
      closeSchema({ $defs: { labels: open }, type: 'object', properties: { a: { $ref: '#/$defs/labels' } } }),
    ).toBeUndefined();
  });

  it('moves what is not enforced into the description, after what stood there', () => {
    const closed = closeSchema({
      type: 'string',
      description: 'A name.',
      maxLength: 5,
      pattern: '^a',
      format: 'phone',
      $schema: 'x',
    });
    expect(closed).toEqual({
      schema: { type: 'string', description: 'A name. {"maxLength":5,"pattern":"^a","format":"phone"}' },
      unenforced: ['maxLength', 'pattern', 'format'],
    });
  });

  it('keeps references and definitions', () => {
    const schema = { $ref: '#/$defs/a', $defs: { a: { type: 'object', properties: { b: { type: 'string' } } } } };
    expect(closeSchema(schema)?.schema).toMatchObject({
      $ref: '#/$defs/a',
      $defs: { a: { additionalProperties: false } },
    });
  });
});
