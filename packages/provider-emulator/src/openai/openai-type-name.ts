import { jsonTypeOf } from '../json-value.ts';

const NAMES = {
  null: 'null',
  array: 'an array',
  object: 'an object',
  string: 'a string',
  boolean: 'a boolean',
  integer: 'an integer',
  number: 'a decimal',
} as const;

/** A JSON value's type in the words of OpenAI's error messages. */
export function openaiTypeName(value: unknown): string {
  return NAMES[jsonTypeOf(value)];
}
