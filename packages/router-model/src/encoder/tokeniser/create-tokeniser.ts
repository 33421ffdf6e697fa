import type { Prompt } from '../../prompt.ts';
import type { Tokenise } from '../text-encoder.ts';
import { openTokenizerJson, type Vocabulary } from './open-tokenizer-json.ts';
import { SEPARATOR_TOKEN } from './tokenizer-json.ts';

/** Instructions stand at either end of a long prompt, more often in front. */
const HEAD_SHARE = 3 / 4;
/** The system text says what kind of work it is in its first words. */
const SYSTEM_SHARE = 1 / 8;
// Text is cut to this before it is tokenised, or 10,000 characters would cost 4 ms. English has 4 to 5 characters to a
// token, so the cut leaves enough of anything but white space.
const CHARACTERS_PER_TOKEN = 8;
const LEAST_TOKENS = 8;

/**
 * Makes the tokeniser of a tokenizer.json: the first tokens of the system text and a separator, then the user text,
 * head and tail where it is too long; framed as the tokenizer.json says. The work is bounded by `maxTokens` whatever the
 * length of the prompt.
 */
export function createTokeniser(tokenizerJson: string, { maxTokens }: { maxTokens: number }): Tokenise {
  const vocabulary = openTokenizerJson(tokenizerJson);
  const { before, after } = vocabulary.frame;
  const room = maxTokens - before.length - after.length;
  if (!Number.isInteger(room) || room < LEAST_TOKENS)
    throw new RangeError(`a tokeniser needs at least ${LEAST_TOKENS} tokens for text, maxTokens is ${maxTokens}`);
  return (prompt) => {
    const content = contentOf(vocabulary, prompt, room);
    return Int32Array.from([...before, ...content, ...after]);
  };
}

function contentOf(vocabulary: Vocabulary, prompt: Prompt, room: number): readonly number[] {
  const system = systemTokens(vocabulary, prompt.system, Math.floor(room * SYSTEM_SHARE));
  const text = textTokens(vocabulary, prompt.text, room - system.length);
  const content = [...system, ...text];
  return content.length === 0 ? [vocabulary.unknown] : content;
}

/** At most `budget` tokens, the separator at the end counted. */
function systemTokens(vocabulary: Vocabulary, system: string, budget: number): readonly number[] {
  const separator = vocabulary.idOf(SEPARATOR_TOKEN);
  const words = vocabulary.wordsOf(system.slice(0, budget * CHARACTERS_PER_TOKEN));
  if (separator === undefined || words.length === 0 || budget < 2) return [];
  return [...headOf(words, vocabulary, budget - 1).tokens, separator];
}

function textTokens(vocabulary: Vocabulary, text: string, budget: number): readonly number[] {
  const headBudget = Math.ceil(budget * HEAD_SHARE);
  const words = wordsAtEitherEnd(vocabulary, text, { head: headBudget, tail: budget - headBudget });
  const head = headOf(words, vocabulary, headBudget);
  const tail = tailOf(words.slice(head.words), vocabulary, budget - head.tokens.length);
  return [...head.tokens, ...tail];
}

function wordsAtEitherEnd({ wordsOf }: Vocabulary, text: string, budget: { head: number; tail: number }) {
  const head = budget.head * CHARACTERS_PER_TOKEN;
  const tail = budget.tail * CHARACTERS_PER_TOKEN;
  if (text.length <= head + tail) return wordsOf(text);
  return [...wordsOf(text.slice(0, head)), ...wordsOf(text.slice(-tail))];
}

/** The tokens of the first words, whole words as long as there is one, and how many words they are. */
function headOf(
  words: readonly string[],
  { idsOf }: Vocabulary,
  budget: number,
): { tokens: readonly number[]; words: number } {
  const tokens: number[] = [];
  let taken = 0;
  for (const word of words) {
    const ids = idsOf(word);
    if (tokens.length + ids.length > budget && tokens.length > 0) break;
    tokens.push(...ids.slice(0, budget));
    taken += 1;
  }
  return { tokens, words: taken };
}

/** The tokens of the last words, in their order. */
function tailOf(words: readonly string[], { idsOf }: Vocabulary, budget: number): readonly number[] {
  const groups: (readonly number[])[] = [];
  let left = budget;
  for (let w = words.length - 1; w >= 0 && left > 0; w -= 1) {
    const ids = idsOf(words[w] ?? '');
    if (ids.length > left) break;
    groups.push(ids);
    left -= ids.length;
  }
  return groups.toReversed().flat();
}
