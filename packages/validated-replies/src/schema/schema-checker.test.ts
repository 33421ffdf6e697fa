import { describe, expect, it } from 'vitest';
import { schemaChecker } from './schema-checker.ts';

const complaints = (schema: Record<string, unknown>, value: unknown) => {
  const checked = schemaChecker(schema)(value);
  return 'complaints' in checked ? checked.complaints : [];
};

const ORDER = {
  type: 'object',
  properties: {
    items: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: { grade: { enum: ['A', 'B'] }, price: { type: 'number', minimum: 0 }, day: { format: 'date' } },
        required: ['grade'],
        additionalProperties: false,
      },
    },
    note: { anyOf: [{ type: 'string', maxLength: 3 }, { type: 'null' }] },
  },
  required: ['items'],
};

describe('checking a value against a schema', () => {
  it('hands back what satisfies it', () => {
    const value = { items: [{ grade: 'A', price: 2, day: '2026-02-28' }], note: null };
    expect(schemaChecker(ORDER)(value)).toEqual({ value });
  });

  it.each([
    [{ items: [{ grade: 'F' }] }, '$.items[0].grade: got "F", wanted one of "A", "B"'],
    [{ items: [{ grade: 'A', price: '12' }] }, '$.items[0].price: got "12", wanted a number'],
    [{ items: [{ grade: 'A', price: -1 }] }, '$.items[0].price: got -1, wanted at least 0'],
    [
      { items: [{ grade: 'A', day: '2026-02-30' }] },
      '$.items[0].day: got "2026-02-30", wanted text in the format date',
    ],
    [{ items: [{}] }, '$.items[0]: got no "grade", which must be there'],
    [{ items: [{ grade: 'A', why: 1 }] }, '$.items[0]: has "why", which the schema does not know; leave it out'],
    [{ items: [] }, '$.items: got [], wanted at least 1 items'],
    [[], '$: got [], wanted an object'],
  ])('says of %j path, value got and value wanted', (value, complaint) => {
    expect(complaints(ORDER, value)).toEqual([complaint]);
  });

  it('reports a choice between forms once, not each form against the others', () => {
    expect(complaints(ORDER, { items: [{ grade: 'A' }], note: 'too long' })).toEqual([
      '$.note: got "too long", wanted a value of one of these forms: [{"type":"string","maxLength":3},{"type":"null"}]',
    ]);
  });

  it('reports five problems and counts the rest', () => {
    const seven = complaints(ORDER, { items: Array.from({ length: 7 }, () => ({ grade: 'C' })) });
    expect(seven).toHaveLength(6);
    expect(seven[5]).toBe('and 2 more');
  });

  it('writes names that are no words, and digits that are names, in brackets', () => {
    const schema = { additionalProperties: { additionalProperties: { type: 'null' } } };
    expect(complaints(schema, { 'a/b~c d': { 0: 1 } })).toEqual(['$["a/b~c d"]["0"]: got 1, wanted null']);
  });

  it('cuts a long value and never within a character', () => {
    const [complaint = ''] = complaints({ type: 'number' }, '😀'.repeat(100));
    expect(complaint).toMatch(/^\$: got "(😀)+.?…, wanted a number$/u);
    expect(complaint.isWellFormed()).toBe(true);
  });

  it('refuses at once what is no schema, saying why', () => {
    expect(() => schemaChecker({ type: 'text' })).toThrow(/JSON schema cannot be used: .*type/);
    expect(() => schemaChecker({ $ref: 'https://example.org/elsewhere' })).toThrow(/cannot be used: can't resolve/);
  });
});
