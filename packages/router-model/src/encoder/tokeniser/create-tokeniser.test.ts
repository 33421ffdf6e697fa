import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { syntheticRows } from '../../../test/synthetic-rows.ts';
import { type Prompt, promptOf } from '../../prompt.ts';
import { createTokeniser } from './create-tokeniser.ts';
import { LONGEST_WORD } from './tokenizer-json.ts';
import { trainVocabulary } from './train-vocabulary.ts';

const json = trainVocabulary(
  syntheticRows(200, 5).map(({ prompt }) => prompt.text),
  { size: 400 },
);
const idOf = (JSON.parse(json) as { model: { vocab: Record<string, number> } }).model.vocab;
const tokenOf = new Map(Object.entries(idOf).map(([token, id]) => [id, token]));
const MAX_TOKENS = 32;
const tokenise = createTokeniser(json, { maxTokens: MAX_TOKENS });

function promptFor(text: string, system = ''): Prompt {
  return { text, system, characters: text.length, messageCount: 1, toolCount: 0, imageCount: 0 };
}

function tokensOf(text: string, system = ''): string[] {
  return Array.from(tokenise(promptFor(text, system)), (id) => tokenOf.get(id) ?? `no token ${id}`);
}

const WORDS = ['simmer', 'onion', 'recipe', 'oven', 'butter', 'galaxy', 'orbit', 'comet', 'clause', 'tenant'];
/** Long enough to be cut, and no two neighbours the same. */
const long = Array.from({ length: 400 }, (_, n) => WORDS[(n * n + n) % WORDS.length]);

describe('createTokeniser', () => {
  it('gives a short text all its tokens in order', () => {
    expect(tokensOf('Simmer the ONION, 20 min')).toEqual(
      expect.arrayContaining(['simmer', 'onion', ',', '2', '0']) as string[],
    );
    expect(tokensOf(WORDS.join(' '))).toEqual(WORDS);
  });

  it('gives a text that just fits whole, and keeps head and tail of one that does not', () => {
    expect(tokensOf(long.slice(0, MAX_TOKENS).join(' '))).toEqual(long.slice(0, MAX_TOKENS));
    expect(tokensOf(long.join(' '))).toEqual([...long.slice(0, 24), ...long.slice(-8)]);
    expect(tokensOf(long.slice(0, 60).join(' '))).toEqual([...long.slice(0, 24), ...long.slice(52, 60)]);
  });

  it('puts the first words of the system text in front, an eighth of the tokens at most', () => {
    expect(tokensOf('onion oven', 'galaxy')).toEqual(['galaxy', '[SEP]', 'onion', 'oven']);
    const tokens = tokensOf(long.join(' '), 'comet orbit galaxy clause tenant comet orbit galaxy');
    expect(tokens.slice(0, 5)).toEqual(['comet', 'orbit', 'galaxy', '[SEP]', long[0]]);
    expect(tokens).toHaveLength(MAX_TOKENS);
  });

  it('reads a special token that a user wrote as plain text', () => {
    const [padding, unknown, separator] = [0, 1, 2];
    const ids = tokenise(promptFor('onion [PAD] [UNK] [SEP] oven'));
    expect([padding, unknown, separator].filter((id) => ids.includes(id))).toEqual([]);
  });

  it('gives one unknown token for a prompt without any word', () => {
    for (const text of ['', ' \n\t', '\u0000'.repeat(9_000), '\ud800'.repeat(9_000)])
      expect([...tokenise(promptFor(text))]).toEqual([1]);
    expect([...tokenise(promptOf({ model: 'auto', messages: [] }))]).toEqual([1]);
  });

  it('gives known ids, at least one and at most its budget, for any text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.array(fc.nat(0xffff), { maxLength: 400 }).map((units) => String.fromCharCode(...units)),
    );
    for (const maxTokens of [8, 33, 128]) {
      const tokeniseTo = createTokeniser(json, { maxTokens });
      fc.assert(
        fc.property(text, text, (user, system) => {
          const ids = tokeniseTo(promptFor(user, system));
          expect(ids.length).toBeGreaterThan(0);
          expect(ids.length).toBeLessThanOrEqual(maxTokens);
          expect(ids.every((id) => tokenOf.has(id))).toBe(true);
        }),
        { numRuns: 30 },
      );
    }
  });

  it('cuts words without end into words it can afford', () => {
    const letters = tokensOf('qzxj'.repeat(25_000));
    expect(letters.length).toBeLessThanOrEqual(MAX_TOKENS);
    expect(letters.filter((token) => !token.startsWith('##')).length).toBeGreaterThan(1);
    expect(tokensOf('🎉'.repeat(50_000))).toEqual(Array.from({ length: MAX_TOKENS }, () => '[UNK]'));
  });

  it('does the same work for ten million characters as for its head and tail', () => {
    const head = 'onion oven '.repeat(40);
    const tail = ' comet orbit'.repeat(40);
    const whole = promptFor(`${head}${'middle'.repeat(1_700_000)}${tail}`);
    const started = performance.now();
    for (let n = 0; n < 100; n += 1) tokenise(whole);
    // The whole of it 100 times would take minutes.
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(tokenise(whole)).toEqual(tokenise(promptFor(head + tail)));
  });

  it('refuses fewer tokens than can say anything, and what is no tokenizer.json', () => {
    expect(() => createTokeniser(json, { maxTokens: 7 })).toThrow('at least 8 tokens for text, maxTokens is 7');
    expect(() => createTokeniser('{', { maxTokens: 8 })).toThrow('this is no tokenizer.json');
    expect(() => createTokeniser('{"model":{}}', { maxTokens: 8 })).toThrow('this is no tokenizer.json');
  });
});

describe('createTokeniser with a BERT vocabulary', () => {
  const vocab = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'play', '##ing', 'cafe', '漢', 'a', '##a', ','];
  const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  const bert = {
    added_tokens: vocab.slice(0, 4).map((content, id) => ({ id, content, special: true })),
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [special('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, special('[SEP]')],
      pair: [],
    },
    decoder: { type: 'WordPiece' },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocab.map((token, id) => [token, id])),
    },
  };
  const tokeniseBert = createTokeniser(JSON.stringify(bert), { maxTokens: 32 });
  const bertTokens = (text: string, system = ''): (string | undefined)[] =>
    Array.from(tokeniseBert(promptFor(text, system)), (id) => vocab[id]);

  it('frames the text as the tokenizer.json says', () => {
    expect(bertTokens('Playing, Café 漢')).toEqual(['[CLS]', 'play', '##ing', ',', 'cafe', '漢', '[SEP]']);
    expect(bertTokens('play', 'a')).toEqual(['[CLS]', 'a', '[SEP]', 'play', '[SEP]']);
    expect(bertTokens('')).toEqual(['[CLS]', '[UNK]', '[SEP]']);
  });

  it('keeps the frame within the budget', () => {
    const tokens = bertTokens('play '.repeat(100), 'a '.repeat(100));
    expect(tokens).toHaveLength(32);
    expect([tokens.at(0), tokens.at(-1)]).toEqual(['[CLS]', '[SEP]']);
  });

  it('takes words too long to be words as unknown, whatever the vocabulary allows', () => {
    expect(bertTokens('a'.repeat(2 * LONGEST_WORD))).not.toContain('[UNK]');
    expect(bertTokens('a'.repeat(2 * LONGEST_WORD + 1))).toEqual(['[CLS]', '[UNK]', '[SEP]']);
  });

  it('refuses a vocabulary without an unknown token', () => {
    const { unk_token: _, ...model } = bert.model;
    expect(() => createTokeniser(JSON.stringify({ ...bert, model }), { maxTokens: 32 })).toThrow('no unknown token');
  });
});
