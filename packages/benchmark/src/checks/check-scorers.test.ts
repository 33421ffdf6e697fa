import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { checkSchema } from '@pointsman/contracts';
import { expect, it } from 'vitest';
import { CHECK_SCORERS } from './check-scorers.ts';

const here = new URL('.', import.meta.url);

it('has a scorer for every kind of check that a case may name', () => {
  const kinds = checkSchema.options.map(({ shape }) => shape.kind.value);
  expect(Object.keys(CHECK_SCORERS).sort()).toEqual(kinds.sort());
});

it('holds every kind of check to the contract of scorers', () => {
  const isChecker = (name: string) => /^check-(?!outcome|scorers)[a-z-]+\.ts$/.test(name);
  const kinds = readdirSync(here)
    .filter(isChecker)
    .map((name) => name.slice('check-'.length, -'.ts'.length));
  expect(kinds.sort()).toEqual(Object.keys(CHECK_SCORERS).sort());
  for (const kind of kinds) {
    const test = new URL(`check-${kind}.test.ts`, here);
    expect(existsSync(test) && readFileSync(test, 'utf8').includes(`describeScorer('${kind}'`), kind).toBe(true);
  }
});
