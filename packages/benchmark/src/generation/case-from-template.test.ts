import { readdirSync } from 'node:fs';
import { DIFFICULTIES, DOMAINS, TASKS } from '@pointsman/contracts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { caseFromTemplate, partsOfSeed, seedOf } from './case-from-template.ts';
import { LANGUAGES } from './language.ts';
import { TEMPLATES } from './templates.ts';

it('has at least forty templates, of every task, each in a file of its name', () => {
  const files = readdirSync(new URL('templates/', import.meta.url)).map((name) => name.replace(/\.ts$/, ''));
  expect(TEMPLATES.map(({ name }) => name).sort()).toEqual(files.sort());
  expect(TEMPLATES.length).toBeGreaterThanOrEqual(40);
  for (const task of TASKS)
    expect(TEMPLATES.filter((template) => template.task === task).length, task).toBeGreaterThan(4);
});

it('reads from a seed what was put into it', () => {
  const parts = fc.record({
    domain: fc.constantFrom(...DOMAINS),
    language: fc.constantFrom(...LANGUAGES),
    difficulty: fc.constantFrom(...DIFFICULTIES),
    replicate: fc.nat(1_000_000_000),
  });
  fc.assert(
    fc.property(parts, (one) => {
      expect(partsOfSeed(seedOf(one))).toEqual(one);
    }),
  );
});

it('makes a case of any template and any seed, the same every time', () => {
  const template = fc.constantFrom(...TEMPLATES.map(({ name }) => name));
  fc.assert(
    fc.property(template, fc.nat(2 ** 40), (name, seed) => {
      const made = caseFromTemplate(name, seed);
      expect(made).toMatchObject({
        id: `gen-${name}-${seed}`,
        provenance: { kind: 'generated', template: name, seed },
        licence: 'Apache-2.0',
      });
      expect(JSON.stringify(caseFromTemplate(name, seed))).toBe(JSON.stringify(made));
    }),
    { numRuns: 300 },
  );
});

it('leaves no gap unfilled in what it says', () => {
  for (const { name } of TEMPLATES)
    for (const replicate of [0, 1])
      for (const domain of DOMAINS)
        for (const language of LANGUAGES) {
          const difficulty = DIFFICULTIES[(replicate + DOMAINS.indexOf(domain)) % 3] ?? 'easy';
          const { messages, reference } = caseFromTemplate(name, seedOf({ domain, language, difficulty, replicate }));
          expect(JSON.stringify([messages, reference])).not.toMatch(
            /undefined|\bNaN\b|Infinity|\[object|[.,;:»"] {2}\S/,
          );
        }
});

it('refuses a template that does not exist and a seed that is no whole number', () => {
  expect(() => caseFromTemplate('no-such', 1)).toThrow("no template 'no-such'");
  for (const seed of [-1, 0.5, Number.NaN])
    expect(() => caseFromTemplate('invoice-total', seed)).toThrow('whole number');
});
