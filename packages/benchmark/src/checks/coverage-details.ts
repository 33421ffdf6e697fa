import { type BenchmarkCase, checkSchema } from '@pointsman/contracts';
import type { Count } from '../curation/coverage.ts';
import { messagesText } from '../curation/text-overlap.ts';
import { countWords } from './check-words.ts';

export type CoverageDetails = {
  /** Combinations that occur, by domain, task, language and difficulty. */
  cells: (Pick<BenchmarkCase, 'domain' | 'task' | 'language' | 'difficulty'> & { cases: number })[];
  /** Of each kind of check, in how many cases it stands; kinds without any too. */
  checks: Count[];
  /** The share of cases with a check, 0 to 1; undefined when there are no cases. */
  verifiable: number | undefined;
  /** What is asked in the fewest and in the most words. */
  shortest: { id: string; words: number } | undefined;
  longest: { id: string; words: number } | undefined;
};

const KINDS = checkSchema.options.map(({ shape }) => shape.kind.value).toSorted();

/** What `coverage` leaves out: how finely cases are spread, by what they are checked, how long they are. */
export function coverageDetails(cases: readonly BenchmarkCase[]): CoverageDetails {
  const lengths = cases
    .map(({ id, messages }) => ({ id, words: countWords(messagesText(messages)) }))
    .toSorted((a, b) => a.words - b.words);
  const checked = cases.filter(({ checks }) => checks.length > 0).length;
  return {
    cells: cellsOf(cases),
    checks: KINDS.map((value) => ({
      value,
      cases: cases.filter(({ checks }) => checks.some(({ kind }) => kind === value)).length,
    })),
    verifiable: cases.length === 0 ? undefined : checked / cases.length,
    shortest: lengths.at(0),
    longest: lengths.at(-1),
  };
}

function cellsOf(cases: readonly BenchmarkCase[]): CoverageDetails['cells'] {
  const cells = new Map<string, CoverageDetails['cells'][number]>();
  for (const { domain, task, language, difficulty } of cases) {
    const key = [domain, task, language, difficulty].join(' ');
    const cell = cells.get(key) ?? { domain, task, language, difficulty, cases: 0 };
    cells.set(key, { ...cell, cases: cell.cases + 1 });
  }
  return [...cells].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell);
}
