import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { syntheticRows } from '../../../test/synthetic-rows.ts';
import { openTokenizerJson, type Vocabulary } from './open-tokenizer-json.ts';
import { trainVocabulary } from './train-vocabulary.ts';

const texts = [
  ...syntheticRows(300, 5).map(({ prompt }) => prompt.text),
  ...Array.from({ length: 40 }, (_, n) => `In ${1900 + n} it cost $${n * 37}.99: x^2 + ${n} == "naïve" 漢字 Привет`),
];

describe('trainVocabulary', () => {
  let json = '';
  let tokens: string[] = [];
  let vocabulary: Vocabulary;

  const piecesOf = (text: string): string[] =>
    vocabulary.wordsOf(text).flatMap((word) => vocabulary.idsOf(word).map((id) => tokens[id] ?? ''));

  beforeAll(() => {
    json = trainVocabulary(texts, { size: 600 });
    vocabulary = openTokenizerJson(json);
    const { vocab } = (JSON.parse(json) as { model: { vocab: Record<string, number> } }).model;
    tokens = Object.keys(vocab).toSorted((a, b) => (vocab[a] ?? 0) - (vocab[b] ?? 0));
    expect(Object.values(vocab).toSorted((a, b) => a - b)).toEqual(tokens.map((_, id) => id));
  });

  it('keeps id 0 for padding and 1 for the unknown', () => {
    expect(tokens.slice(0, 3)).toEqual(['[PAD]', '[UNK]', '[SEP]']);
    expect(vocabulary.unknown).toBe(1);
  });

  it('holds no more tokens than asked for', () => {
    expect(tokens.length).toBeLessThanOrEqual(600);
    const { vocab } = (JSON.parse(trainVocabulary(texts, { size: 256 })) as { model: { vocab: object } }).model;
    expect(Object.keys(vocab)).toHaveLength(256);
  });

  it('gives frequent words one token', () => {
    expect(piecesOf('Telescope, galaxy INDEMNITY')).toEqual(['telescope', ',', 'galaxy', 'indemnity']);
  });

  it('gives every digit a token of its own, so that numbers do not fill the vocabulary', () => {
    expect(piecesOf('in 1987')).toEqual(['in', '1', '9', '8', '7']);
    expect(tokens.filter((token) => /\d.*\d/.test(token))).toEqual([]);
  });

  it('takes accents from Latin letters and leaves other scripts as they are', () => {
    expect(piecesOf('ｎａïve')).toEqual(piecesOf('naive'));
    expect(piecesOf('привет漢字')).toEqual(['привет', '漢', '字']);
  });

  it('knows pieces of every ASCII text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
        expect(piecesOf(text)).not.toContain('[UNK]');
        expect(piecesOf(text).join('').replaceAll('##', '').length).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('gives a word with a character that is not in the texts one unknown token', () => {
    expect(piecesOf('สวัสดี star')).toEqual(['[UNK]', 'star']);
  });

  it('gives the same vocabulary whatever the order of the texts', () => {
    expect(trainVocabulary(texts.toReversed(), { size: 600 })).toBe(json);
  });

  it('takes empty, binary and broken texts', () => {
    const odd = ['', '\u0000\u0001\ufffd', '\ud800 \udc00', 'x'.repeat(100_000)];
    expect(() => trainVocabulary(odd, { size: 256 })).not.toThrow();
  });

  it('refuses a size that cannot hold the ASCII characters', () => {
    expect(() => trainVocabulary(texts, { size: 100 })).toThrow('a vocabulary holds at least 256 tokens, got 100');
  });
});
