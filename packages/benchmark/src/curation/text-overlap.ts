import type { Message } from '@pointsman/contracts';

/** Words of a text, folded: what differs in case, accents' encoding or punctuation is the same. */
export const wordsOf = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** What messages say in words; pictures and files say nothing. */
export const messagesText = (messages: readonly Message[]): string =>
  messages
    .map(({ content }) =>
      typeof content === 'string'
        ? content
        : (content ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('\n'),
    )
    .join('\n');

/** Runs of so many words; a shorter text is one run. */
export function shinglesOf(words: readonly string[], size: number): Set<string> {
  if (words.length <= size) return new Set(words.length === 0 ? [] : [words.join(' ')]);
  return new Set(words.slice(size - 1).map((_, index) => words.slice(index, index + size).join(' ')));
}

/** Most words in a row that both texts have; 0 when they share none. */
export function longestCommonRun(a: readonly string[], b: readonly string[]): number {
  let longest = 0;
  let previous = new Uint32Array(b.length + 1);
  for (const word of a) {
    const current = new Uint32Array(b.length + 1);
    for (const [index, other] of b.entries()) {
      if (other !== word) continue;
      const run = (previous[index] ?? 0) + 1;
      current[index + 1] = run;
      longest = Math.max(longest, run);
    }
    previous = current;
  }
  return longest;
}
