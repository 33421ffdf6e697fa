import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelMatches } from './index.ts';

describe('modelMatches', () => {
  it.each([
    ['openai/gpt-4o', 'openai/gpt-4o'],
    ['gpt-4o', 'openai/gpt-4o'],
    ['openai/gpt-oss-20b', 'groq/openai/gpt-oss-20b'],
    ['*', 'groq/openai/gpt-oss-20b'],
    ['openai/*', 'openai/gpt-4o'],
    ['*-mini', 'openai/gpt-4o-mini'],
    ['gpt-*', 'openai/gpt-4o-mini'],
    ['*/gpt-*-mini', 'openai/gpt-4o-mini'],
    ['g*a*a', 'x/gaba-a'],
  ])('lets %s cover %s', (pattern, id) => {
    expect(modelMatches(pattern, id)).toBe(true);
  });

  it.each([
    ['gpt-4o', 'openai/gpt-4o-mini'],
    ['GPT-4o', 'openai/gpt-4o'],
    ['openai/*', 'groq/openai/gpt-oss-20b'],
    ['openai', 'openai/gpt-4o'],
    ['*-mini', 'openai/gpt-4o'],
    ['aba*aba', 'x/aba'],
    ['', 'openai/gpt-4o'],
    ['gpt.4o', 'openai/gpt-4o'],
  ])('does not let %s cover %s', (pattern, id) => {
    expect(modelMatches(pattern, id)).toBe(false);
  });

  it('agrees with the regular expression of the pattern', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 9 });
    const pattern = fc
      .string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 })
      .filter((value) => value.includes('*'));
    fc.assert(
      fc.property(pattern, text, (glob, id) => {
        const expression = new RegExp(`^${glob.replaceAll('*', '.*')}$`);
        expect(modelMatches(glob, id)).toBe(expression.test(id) || expression.test(id.slice(id.indexOf('/') + 1)));
      }),
      { numRuns: 2000 },
    );
  });

  it('stays linear on a pattern made to be slow', () => {
    const started = process.hrtime.bigint();
    modelMatches(`${'*a'.repeat(5000)}*b`, `x/${'a'.repeat(100_000)}`);
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(1000);
  });
});
