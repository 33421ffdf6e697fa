import { describe, expect, it } from 'vitest';
import { readVitestOutcomes, summarise } from './summarise-results.mjs';

const lines = (...values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
const passed = { kind: 'passed', name: 'a.test.ts > works' };
const failed = { kind: 'failed', name: 'a.test.ts > breaks', note: 'expected 1 to be 2' };
const end = { kind: 'end', reason: 'passed' };
const lastLine = (text: string) => text.split('\n').at(-1);

describe('readVitestOutcomes', () => {
  it('takes a finished run as it is', () => {
    expect(readVitestOutcomes(lines(passed, end), { code: 0 })).toEqual([passed]);
  });

  it('counts a failed test once although vitest also exits with 1', () => {
    const outcomes = readVitestOutcomes(lines(passed, failed, { kind: 'end', reason: 'failed' }), { code: 1 });
    expect(lastLine(summarise(outcomes))).toBe('1 passed, 1 failed');
  });

  it.each([
    ['vitest died between two tests', lines(passed), { code: 137 }, /before all tests had run/],
    ['vitest died while writing a line', `${lines(passed)}{"kind":"pas`, { code: null }, /before all tests had run/],
    ['the run was interrupted', lines(passed, { kind: 'end', reason: 'interrupted' }), { code: 0 }, /before all/],
    ['nothing was run', lines(end), { code: 0 }, /no tests/],
    ['vitest wrote nothing at all', '', { code: 1 }, /before all tests had run/],
    ['vitest failed for another reason', lines(passed, end), { code: 1 }, /although no test failed/],
    ['we ended it', lines(passed, end), { code: 0, stopped: 'stopped after 20 minutes' }, /20 minutes/],
  ])('adds a failure when %s', (_what, ndjson, exit, note) => {
    const failures = readVitestOutcomes(ndjson, exit).filter(({ kind }) => kind === 'failed');
    expect(failures).toEqual([{ kind: 'failed', name: 'vitest', note: expect.stringMatching(note) }]);
  });
});

describe('summarise', () => {
  it('ends with the counts, and mentions skipped tests only when there are some', () => {
    expect(lastLine(summarise([{ kind: 'passed', name: 'a' }]))).toBe('1 passed, 0 failed');
    expect(lastLine(summarise([{ kind: 'skipped', name: 'a' }]))).toBe('0 passed, 0 failed, 1 skipped');
  });

  it('lists every failure and every skipped test with its note', () => {
    const text = summarise([
      { kind: 'failed', name: 'biome', note: 'exit code 1' },
      { kind: 'skipped', name: 'judge.test.ts > agrees', note: 'no ../shared' },
    ]);
    expect(text).toContain('  - biome: exit code 1');
    expect(text).toContain('  - judge.test.ts > agrees: no ../shared');
  });
});
