import { PairQueue } from './pair-queue.ts';
import { SymbolCorpus } from './symbol-corpus.ts';

/** A pair seen less often says nothing of the language. */
const LEAST_COUNT = 2;

/**
 * Learns WordPiece pieces by merging, again and again, the most frequent pair of neighbouring symbols (byte-pair
 * encoding: Sennrich, Haddow and Birch 2016). `alphabet` holds single characters, with the continuation mark where they
 * do not begin a word. Returns the alphabet and the merged pieces in the order learned, `size` at most. Words with a
 * character outside the alphabet count for nothing. Equal counts are settled by the order of the alphabet and of the
 * merges, so the result does not depend on the order of the words.
 */
export function learnPieces(
  words: ReadonlyMap<string, number>,
  alphabet: readonly string[],
  size: number,
): readonly string[] {
  const corpus = new SymbolCorpus(words, alphabet, size);
  const queue = new PairQueue();
  for (const pair of corpus.pairs()) queue.push({ pair, count: corpus.countOf(pair) });
  while (corpus.pieces.length < size) {
    const next = queue.pop();
    if (next === undefined || next.count < LEAST_COUNT) break;
    const count = corpus.countOf(next.pair);
    // Merges elsewhere have used some of it up: it queues again with what is left.
    if (count !== next.count) queue.push({ pair: next.pair, count });
    else for (const pair of corpus.merge(next.pair)) queue.push({ pair, count: corpus.countOf(pair) });
  }
  return corpus.pieces;
}
