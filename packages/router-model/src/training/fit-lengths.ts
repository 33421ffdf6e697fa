import { at, dot, type Matrix, rowOf, vectorTimes } from '../mathematics/matrix.ts';
import { lengthTable, lookUpMean } from '../model/kind-table.ts';
import type { LengthHead, LengthStanding } from '../model/model-standing.ts';
import type { Cells } from './cells.ts';
import { type KindScores, sumByKind } from './fit-abilities.ts';
import { factorise, fitColumns } from './fit-low-rank.ts';
import { sparseKindSums } from './sparse-kind-sums.ts';

export type LengthData = {
  phi: Matrix;
  models: readonly string[];
  /** `ln(1 + tokens)` where counted. */
  cells: Cells;
  kindOf: ArrayLike<number>;
  kinds: number;
  /** Out-of-fold kind probabilities per row. */
  probabilities: Matrix;
  random: () => number;
};

export type LengthFit = { head: LengthHead; ofModels: LengthStanding[]; request: Matrix };

/** Used when no reply's length was ever counted: ln(1 + 400), a few paragraphs. */
const TYPICAL_LOG_TOKENS = Math.log(401);
const ROUNDS = 20;
const PRIOR_WORTH = 5;
/** What makes replies long is nearly the same for all models; a second direction tells reasoning models apart. */
const LENGTHS = 2;
/** Runaway replies (a model looping to its limit) must not stretch everyone's expectation. */
const LARGEST_SMEARING = 4;

/** Fits the expected length of replies: table of logarithms, few directions of the text, smearing, clipped to what was seen. */
export function fitLengths(data: LengthData): LengthFit {
  const { cells, models } = data;
  const scores = sumByKind(cells, data.kindOf, data.kinds);
  const { overall, modelEffect, kindEffect } = additiveEffects(scores);
  const bare = models.map(
    (_, m): LengthStanding => ({
      level: at(modelEffect, m),
      kinds: sparseKindSums(scores, m),
      lengths: Array.from({ length: LENGTHS }, () => 0),
      smearing: 1.3,
      lowest: 1,
      highest: 8_000,
    }),
  );
  const head: LengthHead = {
    overall,
    byKind: [...kindEffect],
    typicalLengths: Array.from({ length: LENGTHS }, () => 0),
  };
  const baseOf = expectedLengths(data, head, bare);
  const full = fitColumns(data.phi, cells.byModel, (row, value, model) => ({
    error: value - at(baseOf(row), model),
    weight: 1,
  }));
  const counts = Float64Array.from(cells.byModel, ({ rows }) => rows.length);
  const { request, strengths } = factorise(full, counts, LENGTHS, data.random);
  const ofModels = bare.map((standing, m): LengthStanding => {
    const lengths = rowOf(strengths, m);
    const errorOf = (row: number, value: number): number =>
      value - at(baseOf(row), m) - dot(vectorTimes(rowOf(data.phi, row), request), lengths);
    return { ...standing, lengths: [...lengths], ...boundsOf(cells.byModel[m], errorOf) };
  });
  const typicalLengths = typicalOf(strengths, counts);
  return { head: { ...head, typicalLengths }, ofModels, request };
}

function expectedLengths(
  data: LengthData,
  head: LengthHead,
  standings: readonly LengthStanding[],
): (row: number) => Float64Array {
  const models = standings.map((length) => ({
    name: '',
    rows: 0,
    ability: 0,
    abilityVariance: 0,
    scores: {},
    length,
  }));
  const table = lengthTable(models, head);
  const known = new Map<number, Float64Array>();
  return (row) => {
    const expected = known.get(row) ?? lookUpMean(table, rowOf(data.probabilities, row));
    known.set(row, expected);
    return expected;
  };
}

function boundsOf(
  column: Cells['byModel'][number] | undefined,
  errorOf: (row: number, value: number) => number,
): Partial<Pick<LengthStanding, 'smearing' | 'lowest' | 'highest'>> {
  if (column === undefined || column.rows.length === 0) return {};
  const { rows, values } = column;
  let smearing = 0;
  rows.forEach((row, n) => {
    smearing += Math.exp(errorOf(row, at(values, n))) / rows.length;
  });
  const tokens = values.map((value) => Math.expm1(value)).sort();
  return {
    smearing: Math.min(smearing, LARGEST_SMEARING),
    lowest: Math.max(1, at(tokens, Math.floor(0.01 * (tokens.length - 1)))),
    highest: Math.max(1, at(tokens, Math.ceil(0.99 * (tokens.length - 1)))),
  };
}

function typicalOf(strengths: Matrix, counts: Float64Array): number[] {
  const total = Math.max(
    counts.reduce((a, b) => a + b, 0),
    1,
  );
  return Array.from({ length: strengths.columns }, (_, v) =>
    counts.reduce((sum, count, m) => sum + (count / total) * (strengths.data[m * strengths.columns + v] ?? 0), 0),
  );
}

/** Overall mean, effect of each model, effect of each kind, effects drawn towards zero. */
function additiveEffects({ sums, counts }: KindScores) {
  const { rows: kinds, columns: models } = counts;
  const total = counts.data.reduce((a, b) => a + b, 0);
  const overall = total === 0 ? TYPICAL_LOG_TOKENS : sums.data.reduce((a, b) => a + b, 0) / total;
  const modelEffect = new Float64Array(models);
  const kindEffect = new Float64Array(kinds);
  const refit = (effect: Float64Array, cellOf: (own: number, other: number) => number, other: Float64Array): void => {
    effect.forEach((_, own) => {
      let sum = 0;
      let count = 0;
      other.forEach((shift, o) => {
        const cell = cellOf(own, o);
        const n = counts.data[cell] ?? 0;
        sum += (sums.data[cell] ?? 0) - n * (overall + shift);
        count += n;
      });
      effect[own] = sum / (count + PRIOR_WORTH);
    });
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    refit(modelEffect, (m, k) => k * models + m, kindEffect);
    refit(kindEffect, (k, m) => k * models + m, modelEffect);
  }
  return { overall, modelEffect, kindEffect };
}
