import { foldTypography } from './fold-text.ts';

/** How near is equal: numbers within the tolerance (absolute); texts to the letter where `strict`, else up to typography (quotes, spaces, composed accents). */
export type JsonCloseness = { tolerance: number; strict: boolean };

/** Whether two JSON values are equal, objects whatever the order of their members. */
export function jsonEqual(found: unknown, expected: unknown, how: JsonCloseness): boolean {
  if (typeof found === 'number' && typeof expected === 'number') return Math.abs(found - expected) <= how.tolerance;
  if (typeof found === 'string' && typeof expected === 'string')
    return found === expected || (!how.strict && foldTypography(found) === foldTypography(expected));
  if (Array.isArray(found) || Array.isArray(expected))
    return (
      Array.isArray(found) &&
      Array.isArray(expected) &&
      found.length === expected.length &&
      found.every((item, index) => jsonEqual(item, expected[index], how))
    );
  if (isObject(found) && isObject(expected)) {
    const names = Object.keys(found);
    return (
      names.length === Object.keys(expected).length &&
      names.every((name) => Object.hasOwn(expected, name) && jsonEqual(found[name], expected[name], how))
    );
  }
  return found === expected;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
