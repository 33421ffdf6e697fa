import type { BenchmarkCase } from '@pointsman/contracts';
import { messagesText, shinglesOf, wordsOf } from '../curation/text-overlap.ts';
import { caseFromTemplate, type SeedParts, seedOf } from './case-from-template.ts';

const SHINGLE_WORDS = 3;
// The curation of benchmarks calls two questions nearly the same from here on.
const TOO_ALIKE = 0.8;
const MOST_ATTEMPTS = 400;

/** Runs of three words of what a case asks, every figure taken for the same. */
export const maskedShingles = ({ messages }: Pick<BenchmarkCase, 'messages'>): Set<string> =>
  shinglesOf(wordsOf(messagesText(messages).replace(/\d+/g, '0')), SHINGLE_WORDS);

/** The share of runs that two texts have in common, 0 to 1 (Jaccard). */
export function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const shingle of a) if (b.has(shingle)) common += 1;
  return common / (a.size + b.size - common);
}

/** Makes one case after the other, each unlike those before; seeds count up from replicate `first`. */
export function openNovelty(first: number): {
  nextCase(name: string, parts: Omit<SeedParts, 'replicate'>): BenchmarkCase;
} {
  const replicates = new Map<string, number>();
  // Only cases of one template in one language come near each other.
  const known = new Map<string, Set<string>[]>();
  // In words of another language or order the same function is the same question.
  const functions = new Set<string>();
  return {
    nextCase(name, parts) {
      const key = JSON.stringify([name, parts]);
      const family = `${name} ${parts.language}`;
      const others = known.get(family) ?? [];
      known.set(family, others);
      const start = replicates.get(key) ?? first;
      for (let replicate = start; ; replicate++) {
        const made = caseFromTemplate(name, seedOf({ ...parts, replicate }));
        const shingles = maskedShingles(made);
        // A template runs dry at last; then figures alone have to do.
        const isLast = replicate - start >= MOST_ATTEMPTS;
        const code = made.task === 'code' ? made.reference : undefined;
        const isKnown =
          (code !== undefined && functions.has(code)) || others.some((other) => overlap(shingles, other) >= TOO_ALIKE);
        if (isKnown && !isLast) continue;
        others.push(shingles);
        if (code !== undefined) functions.add(code);
        replicates.set(key, replicate + 1);
        return made;
      }
    },
  };
}
