import { learnPieces } from './learn-pieces.ts';
import { openTokenizerJson } from './open-tokenizer-json.ts';
import { CONTINUATION, SPECIAL_TOKENS, tokenizerJson } from './tokenizer-json.ts';

/** Fewer tokens would hardly hold the ASCII characters. */
const LEAST_SIZE = 256;
/** Characters with a token of their own, at most: as Hugging Face's trainers have it. */
const LARGEST_ALPHABET = 1_000;
/** Rarer characters are unknown: nothing could be learned of them, and the encoder must meet the unknown token. */
const LEAST_CHARACTER_COUNT = 10;
const ASCII_CHARACTERS = Array.from({ length: 0x7f - 0x21 }, (_, n) => String.fromCharCode(0x21 + n)).filter(
  (character) => character === character.toLowerCase(),
);

/**
 * Trains a WordPiece vocabulary on texts and returns it as a tokenizer.json in Hugging Face's format: lower-cased, digits
 * one by one, id 0 padding, id 1 unknown. It holds `size` tokens (at least 256), fewer where the texts have no more to
 * tell. Any ASCII word has pieces; a word with a character too rare to be in the vocabulary is one unknown token. The
 * same texts in any order give the same vocabulary.
 *
 * Ours, because no library fits (looked at on 2026-11-21): @huggingface/tokenizers and the ports of SentencePiece only
 * apply vocabularies; the native `tokenizers` 0.23 (64 MB) trains on files alone and takes neither size nor special
 * tokens. On our corpus its first 7,814 merged pieces and ours are the same but for one.
 */
export function trainVocabulary(texts: Iterable<string>, { size }: { size: number }): string {
  if (!Number.isInteger(size) || size < LEAST_SIZE)
    throw new RangeError(`a vocabulary holds at least ${LEAST_SIZE} tokens, got ${size}`);
  const words = countWords(texts);
  const room = size - SPECIAL_TOKENS.length;
  const pieces = learnPieces(words, alphabetOf(words, Math.min(LARGEST_ALPHABET, room)), room);
  return JSON.stringify(tokenizerJson(pieces));
}

function countWords(texts: Iterable<string>): Map<string, number> {
  // Words are cut by what will cut them in serving.
  const { wordsOf } = openTokenizerJson(JSON.stringify(tokenizerJson([])));
  const words = new Map<string, number>();
  for (const text of texts) for (const word of wordsOf(text)) words.set(word, (words.get(word) ?? 0) + 1);
  return words;
}

/** Single characters, with the continuation mark where they follow another; the most frequent beside all of ASCII. */
function alphabetOf(words: ReadonlyMap<string, number>, size: number): string[] {
  const counts = new Map<string, number>();
  for (const [word, count] of words) {
    let mark = '';
    for (const character of word) {
      counts.set(mark + character, (counts.get(mark + character) ?? 0) + count);
      mark = CONTINUATION;
    }
  }
  const alphabet = new Set(ASCII_CHARACTERS.flatMap((character) => [character, CONTINUATION + character]));
  const frequent = [...counts].filter(([, count]) => count >= LEAST_CHARACTER_COUNT);
  frequent.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  for (const [piece] of frequent) if (alphabet.size < size) alphabet.add(piece);
  return [...alphabet].toSorted();
}
