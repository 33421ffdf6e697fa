import { type BenchmarkCase, benchmarkCaseSchema } from '@pointsman/contracts';
import { expect, it } from 'vitest';
import { coverageDetails } from './coverage-details.ts';

const made = (id: string, content: string, change: Record<string, unknown> = {}): BenchmarkCase =>
  benchmarkCaseSchema.parse({
    id,
    messages: [{ role: 'user', content }],
    domain: 'legal',
    task: 'answer',
    language: 'en',
    provenance: { kind: 'written', author: 'ana' },
    licence: 'MIT',
    ...change,
  });

it('counts combinations, kinds of checks once per case, and lengths in words', () => {
  const exact = { kind: 'exact', expected: ['yes'] };
  const details = coverageDetails([
    made('long', 'Is this one, : on the whole, a longer question?', {
      checks: [exact, exact, { kind: 'words', most: 3 }],
    }),
    made('short', 'Why?', { language: 'fr', difficulty: 'hard' }),
    made('middle', 'And this one?', { checks: [exact] }),
  ]);
  expect(details).toMatchObject({
    cells: [
      { language: 'en', difficulty: 'medium', cases: 2 },
      { language: 'fr', difficulty: 'hard', cases: 1 },
    ],
    verifiable: 2 / 3,
    shortest: { id: 'short', words: 1 },
    longest: { id: 'long', words: 9 },
  });
  expect(Object.fromEntries(details.checks.map(({ value, cases }) => [value, cases]))).toMatchObject({
    exact: 2,
    words: 1,
    code: 0,
  });
});

it('says nothing of the share of none', () => {
  expect(coverageDetails([])).toMatchObject({
    cells: [],
    verifiable: undefined,
    shortest: undefined,
    longest: undefined,
  });
});
