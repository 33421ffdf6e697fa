import {
  type CandidateRecord,
  DIMENSIONS,
  type DimensionScores,
  type EstimateBasis,
  type Removal,
} from '@pointsman/contracts';
import type { DecisionRow } from '../schema.ts';

// Candidates are stored by column, in typed arrays: 8 candidates with six scored dimensions take about 0.5 kB here and
// 3 kB as jsonb. Scores keep four decimals, far below their own uncertainty; other estimates are in single precision
// (6 significant digits); costs are exact.

export type CandidateColumns = Pick<
  DecisionRow,
  'candidateModels' | 'candidateMarks' | 'candidateScores' | 'candidateNumbers' | 'candidateCosts' | 'candidateDetails'
>;

// One letter each, fixed for ever: stored rows hold them.
const BASIS_MARKS = {
  learned: 'l',
  'kind-average': 'k',
  'benchmark-average': 'b',
  prior: 'p',
} as const satisfies Record<EstimateBasis, string>;
const REMOVAL_MARKS = {
  'not-allowed': 'a',
  region: 'r',
  modality: 'm',
  tools: 't',
  'structured-output': 's',
  'unsupported-parameter': 'p',
  'context-length': 'c',
  'output-length': 'o',
  'price-unknown': 'u',
  unhealthy: 'h',
  'max-cost': 'C',
  'max-latency': 'L',
  'min-score': 'S',
} as const satisfies Record<Removal, string>;
const NONE = '-';
const SCORED = '+';
const MARKS_PER_CANDIDATE = 3;
const NUMBERS_PER_CANDIDATE = 5;
const STEPS_PER_SCORE = 10_000;
const LARGEST_SMALLINT = 32_767;

const byMark = <T extends string>(marks: Record<T, string>): Map<string, T> =>
  new Map((Object.keys(marks) as T[]).map((name) => [marks[name], name]));
const basisByMark = byMark(BASIS_MARKS);
const removalByMark = byMark(REMOVAL_MARKS);

/** Five numbers of each candidate in turn. Loops, not flatMap: this runs for every candidate of every request. */
function numbersOf(candidates: readonly CandidateRecord[]): (number | null)[] {
  const numbers: (number | null)[] = [];
  for (const { overall, risk, expectedOutputTokens, latencyP95Ms } of candidates) {
    numbers.push(
      inReach(overall?.mean),
      inReach(overall?.spread),
      inReach(risk),
      inReach(expectedOutputTokens),
      inReach(latencyP95Ms),
    );
  }
  return numbers;
}

/**
 * PostgreSQL refuses what single precision rounds to zero (a risk of 1e-91, from a model far above the minimum score)
 * rather than rounding it, and with it the whole record.
 */
const inReach = (value: number | undefined): number | null =>
  value === undefined ? null : Math.fround(value) === 0 ? 0 : value;

const marksOf = (candidate: CandidateRecord): string =>
  (candidate.basis === undefined ? NONE : BASIS_MARKS[candidate.basis]) +
  (candidate.removedBy === undefined ? NONE : REMOVAL_MARKS[candidate.removedBy]) +
  (candidate.scores === undefined ? NONE : SCORED);

/** A score or spread in ten-thousandths; a spread over 3.2767, beyond the whole scale of scores, becomes that. */
const inSteps = (value: number | undefined): number | null =>
  value === undefined ? null : Math.min(Math.round(value * STEPS_PER_SCORE), LARGEST_SMALLINT);

/** Mean and spread of each dimension, of those candidates that have scores. */
function scoresOf(candidates: readonly CandidateRecord[]): (number | null)[] {
  const numbers: (number | null)[] = [];
  for (const { scores } of candidates) {
    if (scores === undefined) continue;
    for (const dimension of DIMENSIONS) {
      const score = scores[dimension];
      numbers.push(inSteps(score?.mean), inSteps(score?.spread));
    }
  }
  return numbers;
}

const orNull = <T>(values: T[]): T[] | null => (values.length === 0 ? null : values);

/** The columns that hold `candidates`; `modelNumbers` gives the dictionary's number of every model named. */
export function encodeCandidates(
  candidates: readonly CandidateRecord[],
  modelNumbers: ReadonlyMap<string, number>,
): CandidateColumns {
  const details = candidates.flatMap(({ detail }, index) => (detail === undefined ? [] : [[index, detail] as const]));
  return {
    candidateModels: orNull(candidates.map(({ modelId }) => modelNumbers.get(modelId) ?? 0)),
    candidateMarks: candidates.length === 0 ? null : candidates.map(marksOf).join(''),
    candidateScores: orNull(scoresOf(candidates)),
    candidateNumbers: orNull(numbersOf(candidates)),
    candidateCosts: orNull(candidates.map(({ expectedCostNanoUsd }) => expectedCostNanoUsd ?? null)),
    candidateDetails: details.length === 0 ? null : Object.fromEntries(details),
  };
}

/** Scores in the order of DIMENSIONS when the row was written; later dimensions are only ever appended. */
function decodeScores(stored: readonly (number | null)[]): DimensionScores {
  const scores: Partial<DimensionScores> = {};
  for (const [index, dimension] of DIMENSIONS.entries()) {
    const mean = stored[2 * index];
    const spread = stored[2 * index + 1];
    if (typeof mean === 'number' && typeof spread === 'number') {
      scores[dimension] = { mean: mean / STEPS_PER_SCORE, spread: spread / STEPS_PER_SCORE };
    }
  }
  return scores as DimensionScores;
}

/** The candidates in a row; `modelNames` gives the model of every dictionary number in it. */
export function decodeCandidates(row: CandidateColumns, modelNames: ReadonlyMap<number, string>): CandidateRecord[] {
  const marks = row.candidateMarks ?? '';
  const stored = row.candidateScores ?? [];
  const scoredCount = [...marks].filter((mark) => mark === SCORED).length;
  const scoresPerCandidate = scoredCount === 0 ? 0 : stored.length / scoredCount;
  let nextScore = 0;
  return (row.candidateModels ?? []).map((modelNumber, index) => {
    const offset = index * MARKS_PER_CANDIDATE;
    const [mean, spread, risk, outputTokens, latency] = (row.candidateNumbers ?? []).slice(
      index * NUMBERS_PER_CANDIDATE,
      (index + 1) * NUMBERS_PER_CANDIDATE,
    );
    const candidate: CandidateRecord = {
      modelId: modelNames.get(modelNumber) ?? `unknown/${modelNumber}`,
      basis: basisByMark.get(marks[offset] ?? NONE),
      overall: typeof mean === 'number' && typeof spread === 'number' ? { mean, spread } : undefined,
      risk: risk ?? undefined,
      expectedCostNanoUsd: row.candidateCosts?.[index] ?? undefined,
      expectedOutputTokens: outputTokens ?? undefined,
      latencyP95Ms: latency ?? undefined,
      removedBy: removalByMark.get(marks[offset + 1] ?? NONE),
      detail: row.candidateDetails?.[index],
    };
    if (marks[offset + 2] !== SCORED) return candidate;
    const scores = decodeScores(stored.slice(nextScore, nextScore + scoresPerCandidate));
    nextScore += scoresPerCandidate;
    return { ...candidate, scores };
  });
}
