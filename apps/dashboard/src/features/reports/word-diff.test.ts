import { describe, expect, it } from 'vitest';
import { type DiffPart, wordDiff } from './word-diff.ts';

const side = (parts: readonly DiffPart[], other: DiffPart['kind']) =>
  parts.flatMap(({ kind, text }) => (kind === other ? [] : [text])).join('');
const beforeOf = (parts: readonly DiffPart[]) => side(parts, 'added');
const afterOf = (parts: readonly DiffPart[]) => side(parts, 'removed');

/** Texts of a few words, so that much is in common. */
function someText(seed: number): string {
  let state = seed;
  const draw = (most: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * most);
  };
  return Array.from({ length: draw(30) }, () => ['the ', 'day', ' ', 'é', '\n', '42', ', ', '<b>', '😀'][draw(9)]).join(
    '',
  );
}

describe('comparing two texts', () => {
  it('marks the words that differ, and no more', () => {
    expect(wordDiff('You have thirty days.', 'You have fourteen days!')).toEqual([
      { kind: 'same', text: 'You have ' },
      { kind: 'removed', text: 'thirty' },
      { kind: 'added', text: 'fourteen' },
      { kind: 'same', text: ' days' },
      { kind: 'removed', text: '.' },
      { kind: 'added', text: '!' },
    ]);
  });

  it('reads two words that were replaced as one change', () => {
    expect(wordDiff('in thirty days', 'in two weeks')).toEqual([
      { kind: 'same', text: 'in ' },
      { kind: 'removed', text: 'thirty days' },
      { kind: 'added', text: 'two weeks' },
    ]);
  });

  it('keeps accented words whole', () => {
    expect(wordDiff('réglé', 'réglée')).toEqual([
      { kind: 'removed', text: 'réglé' },
      { kind: 'added', text: 'réglée' },
    ]);
  });

  it('says that equal texts are the same, and nothing of empty ones', () => {
    expect(wordDiff('as it was', 'as it was')).toEqual([{ kind: 'same', text: 'as it was' }]);
    expect(wordDiff('', '')).toEqual([]);
    expect(wordDiff('', 'new')).toEqual([{ kind: 'added', text: 'new' }]);
  });

  it('loses and invents no letter, whatever the texts', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const [before, after] = [someText(seed), someText(seed * 7919)];
      const parts = wordDiff(before, after);
      expect(beforeOf(parts)).toBe(before);
      expect(afterOf(parts)).toBe(after);
      for (const [index, { kind }] of parts.entries()) expect(parts[index - 1]?.kind).not.toBe(kind);
    }
  });

  it('compares long texts by lines, so that a page never hangs', () => {
    const lines = Array.from({ length: 1_500 }, (_, index) => `line ${index} of a long text\n`);
    const changed = lines.map((line, index) => (index % 500 === 250 ? 'something else\n' : line));
    const parts = wordDiff(['first\n', ...lines].join(''), [...changed, 'last\n'].join(''));
    expect(parts.filter(({ kind }) => kind === 'added').map(({ text }) => text)).toEqual([
      'something else\n',
      'something else\n',
      'something else\n',
      'last\n',
    ]);
  });

  it('gives up on what is long and shares no line, and says it is wholly different', () => {
    const text = (word: string) => Array.from({ length: 3_000 }, (_, index) => `${word} ${index}\n`).join('');
    expect(wordDiff(text('one'), text('two')).map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });
});
