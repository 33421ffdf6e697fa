import { describe, expect, it } from 'vitest';
import {
  type PairPrompt,
  parsePairPrompt,
  parseVerdictPrompt,
  promptHash,
  type VerdictPrompt,
} from './judge-prompt.ts';
import { readJudgePrompts } from './read-judge-prompts.ts';
import { fillTemplate } from './template.ts';

const { verdict, pair } = await readJudgePrompts();
const MODE = { strict: true, separately: false };
const verdictFile = (change: Partial<VerdictPrompt>) => ({
  file: 'my/verdict.v2.json',
  text: JSON.stringify({ ...verdict, ...change }),
});
const pairFile = (change: Partial<PairPrompt>) => ({
  file: 'my/pair.v2.json',
  text: JSON.stringify({ ...pair, ...change }),
});

describe('judge prompts', () => {
  // Scores and calibrations are bound to these. Another text is another version, in a file of its own.
  it('that ship never change once they are out', () => {
    expect({
      [`verdict.v${verdict.version}`]: promptHash(verdict, MODE),
      [`pair.v${pair.version}`]: promptHash(pair, MODE),
    }).toEqual({
      'verdict.v1': '95dbbe9d44913d6ed309c33824e3194dbe6e8d8544eaf50e7a40416398dbd72d',
      'pair.v1': 'e668f50a819bc1088791f0c6008d0b7ae2220f2b0114c1da0b08fe8a4647f3f4',
    });
  });

  it('have a hash that covers every word, and how they are put', () => {
    const hashes = [
      promptHash(verdict, MODE),
      promptHash({ ...verdict, emptyReply: 'Nothing.' }, MODE),
      promptHash(verdict, { ...MODE, strict: false }),
      promptHash(verdict, { ...MODE, separately: true }),
    ];
    expect(new Set(hashes).size).toBe(4);
  });

  it('of one’s own are read as the shipped ones', () => {
    expect(parseVerdictPrompt(verdictFile({ version: 2 }))).toEqual({ ...verdict, version: 2 });
  });

  it.each([
    [
      { user: ['{{conversation}} {{reference}} {{dimensions}}'] },
      /my\/verdict\.v2\.json: \$\.user: has no slot {{reply}}/,
    ],
    [{ system: ['{{rubrics}} {{model}}'] }, /\$\.system: {{model}} is no slot here; there are rubrics/],
    [{ limits: { ...verdict.limits, reply: 0 } }, /\$\.limits\.reply: Too small/],
  ])('that cannot work are refused with file, path and problem: %j', (change, problem) => {
    expect(() => parseVerdictPrompt(verdictFile(change))).toThrow(problem);
  });

  it('for pairs offer one choice for each outcome, with letters of their own', () => {
    expect(pair.choices.map(({ letter, winner }) => [letter, winner])).toEqual([
      ['A', 'first'],
      ['B', 'second'],
      ['C', 'tie'],
    ]);
    expect(() => parsePairPrompt(pairFile({ choices: pair.choices.slice(1) }))).toThrow(/one choice for each of first/);
    const same = pair.choices.map((choice) => ({ ...choice, letter: 'A' }));
    expect(() => parsePairPrompt(pairFile({ choices: same }))).toThrow(/a letter of its own/);
  });
});

describe('filling a template', () => {
  it('fills each slot once: what a filling looks like does not matter', () => {
    const filled = fillTemplate(['{{reply}}', '{{other}}'], { reply: '{{other}} $& $1 {{reply}}', other: 'x' });
    expect(filled).toBe('{{other}} $& $1 {{reply}}\nx');
  });
});
