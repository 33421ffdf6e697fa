import { expect, it } from 'vitest';
import { validateCase } from './validate-case.ts';

const made = (change: Record<string, unknown> = {}) => ({
  id: 'one',
  messages: [{ role: 'user', content: 'How many?' }],
  reference: 'Two.',
  domain: 'legal',
  task: 'answer',
  language: 'en',
  provenance: { kind: 'written', author: 'ana' },
  licence: 'MIT',
  ...change,
});

const problemsOf = (change: Record<string, unknown>): string => {
  const validation = validateCase(made(change));
  return validation.ok ? '' : validation.problems.join('; ');
};

it('gives back a sound case with its defaults filled in', () => {
  const validation = validateCase(made());
  expect(validation).toMatchObject({ ok: true, warnings: [], case: { id: 'one', difficulty: 'medium', checks: [] } });
});

it('warns of a case by which no reply can be told right', () => {
  expect(validateCase(made({ reference: undefined }))).toMatchObject({
    ok: true,
    warnings: [expect.stringContaining('neither')],
  });
});

it('warns of a word boundary beside an accented letter, where ECMAScript sees none', () => {
  const validation = validateCase(
    made({
      checks: [
        { kind: 'regex', pattern: String.raw`\bélevé\b` },
        { kind: 'regex', pattern: String.raw`\brisque\b` },
      ],
    }),
  );
  expect(validation).toMatchObject({ ok: true, warnings: [expect.stringContaining('checks[0] (regex)')] });
});

it.each([
  ['a field that no case has', { refrence: 'x' }, 'refrence'],
  [
    'a last message that nobody answers',
    {
      messages: [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: 'b' },
      ],
    },
    "the assistant's",
  ],
  ['a pattern that does not compile', { checks: [{ kind: 'regex', pattern: '[' }] }, 'checks[0] (regex): Invalid'],
  ['flags that repeat', { checks: [{ kind: 'regex', pattern: 'a', flags: 'ii' }] }, 'checks[0] (regex)'],
  ['a JSON schema that is none', { checks: [{ kind: 'json-schema', schema: { type: 5 } }] }, 'checks[0] (json-schema)'],
  [
    'word limits the wrong way round',
    { checks: [{ kind: 'words', least: 9, most: 5 }] },
    'least 9 is more than most 5',
  ],
  ['a check for nothing', { checks: [{ kind: 'contains' }] }, 'names nothing'],
  [
    'a test that calls no name',
    { checks: [{ kind: 'code', language: 'python', tests: [{ call: 'a.b', args: [], expected: 1 }] }] },
    "'a.b' is no name",
  ],
])('refuses %s, saying where', (_, change, problem) => {
  expect(problemsOf(change)).toContain(problem);
});
