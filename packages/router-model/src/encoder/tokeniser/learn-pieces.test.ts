import { describe, expect, it } from 'vitest';
import { learnPieces } from './learn-pieces.ts';

/** The example of Sennrich, Haddow and Birch (2016), section 3.2. */
const WORDS = [
  ['low', 5],
  ['lower', 2],
  ['newest', 6],
  ['widest', 3],
] as const;
const ALPHABET = [...new Set(WORDS.flatMap(([word]) => [...word].map((c, i) => (i === 0 ? c : `##${c}`))))].toSorted();

function learned(words: Iterable<readonly [string, number]>, merges: number): readonly string[] {
  return learnPieces(new Map(words), ALPHABET, ALPHABET.length + merges).slice(ALPHABET.length);
}

describe('learnPieces', () => {
  it('merges the most frequent neighbours first, equals in the order of the alphabet', () => {
    // 9 times `es`, 9 times `est`, 7 times `ow` and `lo`, as counted by hand.
    expect(learned(WORDS, 4)).toEqual(['##es', '##est', '##ow', 'low']);
  });

  it('stops when no pair stands twice', () => {
    expect(learned([['low', 1]], 10)).toEqual([]);
    expect(learned([['low', 2]], 10)).toEqual(['##ow', 'low']);
  });

  it('does not depend on the order of the words', () => {
    expect(learned(WORDS.toReversed(), 12)).toEqual(learned(WORDS, 12));
  });

  it('gives a piece that can be put together in two ways one place', () => {
    const pieces = learned([...WORDS, ['ewest', 50], ['west', 40], ['newes', 30]], 40);
    expect(new Set(pieces).size).toBe(pieces.length);
  });

  it('leaves out words with a character outside the alphabet', () => {
    expect(learned([['löw', 100], ...WORDS], 4)).toEqual(learned(WORDS, 4));
  });

  it('merges runs of one character from the left', () => {
    const pieces = learnPieces(new Map([['=====', 9]]), ['##=', '='], 6);
    expect(pieces.slice(2)).toEqual(['##==', '===', '=====']);
  });
});
