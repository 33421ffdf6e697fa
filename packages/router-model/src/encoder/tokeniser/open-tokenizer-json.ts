import { Tokenizer } from '@huggingface/tokenizers';
import { LONGEST_WORD } from './tokenizer-json.ts';

/** What is used of a tokenizer.json, whoever made it. */
export type Vocabulary = {
  /** Normalises a text and cuts it into words. */
  wordsOf(text: string): readonly string[];
  /** The ids of a word's pieces; never empty. */
  idsOf(word: string): readonly number[];
  idOf(token: string): number | undefined;
  /** The ids that every text is framed with. */
  frame: { before: readonly number[]; after: readonly number[] };
  unknown: number;
};

/** Longer words of foreign vocabularies are unknown, whatever length those allow; a character may be two units. */
const LONGEST_WORD_UNITS = 2 * LONGEST_WORD;

/**
 * Reads a tokenizer.json. Its parts are called one by one: whole texts would be encoded to their end whatever the budget,
 * and `[PAD]` written by a user would become padding. Throws, saying why, on a text that is no tokenizer.json.
 */
export function openTokenizerJson(tokenizerJson: string): Vocabulary {
  const tokenizer = parse(tokenizerJson);
  const { normalizer, pre_tokenizer, post_processor, model } = tokenizer;
  const unknown = model?.unk_token_id;
  if (model === null || unknown === undefined) throw new Error('tokenizer.json names no unknown token');
  const idOf = (token: string): number => tokenizer.token_to_id(token) ?? unknown;
  const framed = post_processor?.post_process([WORD_PLACE]).tokens ?? [WORD_PLACE];
  const place = framed.indexOf(WORD_PLACE);
  return {
    wordsOf: (text) => {
      const normalised = normalizer?.normalize(text) ?? text;
      return pre_tokenizer?.pre_tokenize(normalised) ?? [normalised];
    },
    idsOf: (word) => {
      const pieces = word.length > LONGEST_WORD_UNITS ? [] : model.encode([word]);
      return pieces.length === 0 ? [unknown] : pieces.map(idOf);
    },
    idOf: (token) => tokenizer.token_to_id(token),
    frame: { before: framed.slice(0, place).map(idOf), after: framed.slice(place + 1).map(idOf) },
    unknown,
  };
}

/** Stands for a text when the frame around it is asked for: no token is empty. */
const WORD_PLACE = '';

function parse(tokenizerJson: string): Tokenizer {
  try {
    return new Tokenizer(JSON.parse(tokenizerJson) as object, {});
  } catch (error) {
    throw new Error(`this is no tokenizer.json: ${(error as Error).message}`, { cause: error });
  }
}
