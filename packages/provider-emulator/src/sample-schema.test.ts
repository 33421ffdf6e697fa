import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleSchema } from './sample-schema.ts';

const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));

function expectValid(schema: object, seed = 'seed'): unknown {
  const value = sampleSchema(schema, seed);
  const validate = ajv.compile(schema);
  expect(
    validate(value),
    `${JSON.stringify(schema)} -> ${JSON.stringify(value)}: ${ajv.errorsText(validate.errors)}`,
  ).toBe(true);
  return value;
}

const leaf: fc.Arbitrary<object> = fc.oneof(
  fc.constant({ type: 'boolean' }),
  fc.constant({ type: 'null' }),
  fc.constant({ type: ['string', 'null'] }),
  fc.constantFrom('date', 'date-time', 'email', 'uuid', 'uri', 'ipv4').map((format) => ({ type: 'string', format })),
  fc
    .tuple(fc.nat(20), fc.nat(20))
    .map(([minLength, more]) => ({ type: 'string', minLength, maxLength: minLength + more })),
  fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.nat(50)).map(([minimum, more]) => ({
    type: 'integer',
    minimum,
    maximum: minimum + more,
  })),
  fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 9 })).map(([least, step]) => ({
    type: 'integer',
    exclusiveMinimum: least,
    multipleOf: step,
  })),
  fc
    .tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: 0.01, max: 3, noNaN: true }))
    .map(([low, more]) => ({
      type: 'number',
      exclusiveMinimum: low,
      exclusiveMaximum: low + more,
    })),
  fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 4 }).map((options) => ({ enum: options })),
  fc.oneof(fc.string(), fc.integer(), fc.boolean()).map((only) => ({ const: only })),
);

const { schema: anySchema } = fc.letrec<{ schema: object }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    leaf,
    fc.tuple(tie('schema'), fc.nat(3), fc.nat(3)).map(([items, minItems, more]) => ({
      type: 'array',
      items,
      minItems,
      maxItems: minItems + more,
    })),
    fc
      .tuple(
        fc.dictionary(fc.constantFrom('name', 'size', 'tags', 'a/b', 'naïve'), tie('schema')),
        fc.array(fc.boolean()),
      )
      .map(([properties, flags]) => ({
        type: 'object',
        properties,
        required: Object.keys(properties).filter((_, index) => flags[index] === true),
        additionalProperties: false,
      })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
    tie('schema').map((part) => ({ allOf: [part] })),
  ),
}));

describe('sampleSchema', () => {
  test('gives values that validate, whatever the schema and the seed', () => {
    fc.assert(
      fc.property(anySchema, fc.string(), (schema, seed) => void expectValid(schema, seed)),
      { numRuns: 400 },
    );
  });

  test('gives the same value for the same seed', () => {
    fc.assert(
      fc.property(anySchema, fc.string(), (schema, seed) => {
        expect(sampleSchema(schema, seed)).toEqual(sampleSchema(schema, seed));
      }),
    );
  });

  test('follows references into $defs and ends recursion', () => {
    const value = expectValid({
      $ref: '#/$defs/node',
      $defs: {
        node: {
          type: 'object',
          properties: {
            label: { type: 'string' },
            children: { type: 'array', items: { $ref: '#/$defs/node' } },
            parent: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] },
          },
          required: ['label', 'children', 'parent'],
          additionalProperties: false,
        },
      },
    });
    expect(value).toHaveProperty('children.0.label');
  });

  test('merges allOf, tightening bounds and adding up what is required', () => {
    const value = expectValid({
      type: 'object',
      allOf: [
        { properties: { count: { type: 'integer', minimum: 500 } }, required: ['count'] },
        { properties: { name: { type: 'string', minLength: 40 } }, required: ['name'] },
      ],
    });
    expect(Object.keys(Object(value)).sort()).toEqual(['count', 'name']);
  });

  test('fills arrays of unique items and objects of a minimum size', () => {
    expectValid({ type: 'array', items: { enum: ['red', 'green', 'blue'] }, minItems: 3, uniqueItems: true });
    expectValid({ type: 'object', additionalProperties: { type: 'integer' }, minProperties: 3 });
    expectValid({ type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false, minItems: 2 });
  });

  test('writes a property called __proto__ as a property', () => {
    const properties = JSON.parse('{"__proto__": {"type": "integer"}}') as object;
    expect(Object.keys(Object(sampleSchema({ type: 'object', properties }, 's')))).toEqual(['__proto__']);
  });
});
