import { shinglesOf, wordsOf } from './text-overlap.ts';

// Three words in a row: two cannot tell questions of one template apart, four miss a reworded clause.
const SHINGLE_WORDS = 3;

/** The text most like a given one; `similarity` is the share of three-word runs that the two have in common (Jaccard, 0 to 1). */
export type Similar = { id: string; similarity: number };

export type SimilarTexts = {
  add(id: string, text: string): void;
  /** Undefined when no text has a run in common with it. */
  nearest(text: string): Similar | undefined;
};

/** Remembers texts and finds the one most like another, by an index of their word runs. */
export function similarTexts(): SimilarTexts {
  const texts: { id: string; size: number }[] = [];
  const holders = new Map<string, number[]>();
  return {
    add(id, text) {
      const shingles = shinglesOf(wordsOf(text), SHINGLE_WORDS);
      for (const shingle of shingles) {
        const holding = holders.get(shingle);
        if (holding === undefined) holders.set(shingle, [texts.length]);
        else holding.push(texts.length);
      }
      texts.push({ id, size: shingles.size });
    },
    nearest(text) {
      const shingles = shinglesOf(wordsOf(text), SHINGLE_WORDS);
      const shared = new Map<number, number>();
      for (const shingle of shingles)
        for (const index of holders.get(shingle) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
      let best: Similar | undefined;
      for (const [index, common] of shared) {
        const { id, size } = texts[index] ?? { id: '', size: 0 };
        const similarity = common / (shingles.size + size - common);
        if (best === undefined || similarity > best.similarity) best = { id, similarity };
      }
      return best;
    },
  };
}
