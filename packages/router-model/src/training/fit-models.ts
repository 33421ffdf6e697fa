import type { Dimension } from '@pointsman/contracts';
import { seededRandom } from '@pointsman/statistics';
import { clippedLogit } from '../mathematics/logistic.ts';
import { at, type Matrix, rowOf } from '../mathematics/matrix.ts';
import { type KindTable, lookUp, scoreTable } from '../model/kind-table.ts';
import type { ModelStanding, ModelTable, ScoreHead, ScoreStanding } from '../model/model-standing.ts';
import { neutralCalibration } from './calibrate.ts';
import { type Cells, filterCells } from './cells.ts';
import { type Abilities, fitAbilities, type KindScores, sumByKind } from './fit-abilities.ts';
import { fitLengths } from './fit-lengths.ts';
import type { Column } from './fit-low-rank.ts';
import { fitSkills, type SkillFit } from './fit-skills.ts';
import type { TrainingData } from './prepare-data.ts';
import { sparseKindSums } from './sparse-kind-sums.ts';

export type ModelFit = {
  table: ModelTable;
  /** phi x skills, phi x lengths. */
  skills: Matrix;
  lengths: Matrix;
};

export type ModelInputs = {
  data: TrainingData;
  phi: Matrix;
  /** For every row the kind probabilities given by a classifier that had not learned from it. */
  probabilities: Matrix;
  /** Whether to learn from a row. */
  keep(row: number): boolean;
  fallbackKinds: number[];
  seed: number;
};

type Scored = { dimension: Dimension; cells: Cells; byKind: KindScores };

/** Fits everything that is known of models, and what requests ask of them, on some of the rows; calibration is left neutral. */
export function fitModels(inputs: ModelInputs): ModelFit {
  const { data, phi, probabilities, keep, seed } = inputs;
  const kinds = data.kinds.length;
  const scored = [...data.scores].map(([dimension, cells]): Scored => {
    const kept = filterCells(cells, keep);
    return { dimension, cells: kept, byKind: sumByKind(kept, data.kindOf, kinds) };
  });
  const abilities = fitAbilities(scored.map(({ byKind }) => byKind));
  const heads = scored.map(
    ({ dimension }, h): ScoreHead => ({
      dimension,
      ease: [...(abilities.ease[h] ?? [])],
      typicalSkills: [],
      calibration: neutralCalibration(kinds),
    }),
  );
  const bare = data.models.map((name, m) => bareStanding(name, m, scored, abilities));
  const skills = fitSkills({
    phi,
    columns: columnsOf(scored),
    expectedLogit: expectationOf(
      heads.map((head) => scoreTable(bare, head)),
      probabilities,
    ),
    random: seededRandom(seed),
  });
  const lengths = fitLengths({
    phi,
    models: data.models,
    cells: filterCells(data.logTokens, keep),
    kindOf: data.kindOf,
    kinds,
    probabilities,
    random: seededRandom(seed),
  });
  const models = bare.map((model, m) => ({ ...withSkills(model, m, scored, skills), length: lengths.ofModels[m] }));
  const table: ModelTable = {
    heads: heads.map((head) => ({ ...head, typicalSkills: [...skills.prior.mean] })),
    length: lengths.head,
    fallbackKinds: inputs.fallbackKinds,
    abilityPrior: momentsOf(abilities.ofModel),
    models,
  };
  return { table, skills: skills.request, lengths: lengths.request };
}

function bareStanding(name: string, m: number, scored: readonly Scored[], abilities: Abilities): ModelStanding {
  const rows = new Set<number>();
  const scores: ModelStanding['scores'] = {};
  for (const { dimension, cells, byKind } of scored) {
    for (const row of cells.byModel[m]?.rows ?? []) rows.add(row);
    const kinds = sparseKindSums(byKind, m);
    if (kinds.length > 0) scores[dimension] = { kinds, skills: [], skillPrecision: [] };
  }
  return {
    name,
    rows: rows.size,
    ability: at(abilities.ofModel, m),
    abilityVariance: at(abilities.variance, m),
    scores,
  };
}

/** One column per dimension and model, dimension after dimension. */
const columnsOf = (scored: readonly Scored[]): Column[] => scored.flatMap(({ cells }) => cells.byModel);

/** Log odds by the kinds alone, remembered by row. */
function expectationOf(tables: readonly KindTable[], probabilities: Matrix): (row: number, column: number) => number {
  const models = tables[0]?.mean.columns ?? 0;
  const known = tables.map(() => new Map<number, Float64Array>());
  return (row, column) => {
    const h = Math.floor(column / models);
    const [table, remembered] = [tables[h], known[h]];
    if (table === undefined || remembered === undefined) throw new RangeError(`no column ${column}`);
    let logits = remembered.get(row);
    if (logits === undefined) {
      logits = lookUp(table, rowOf(probabilities, row)).mean.map(clippedLogit);
      remembered.set(row, logits);
    }
    return at(logits, column % models);
  };
}

function withSkills(model: ModelStanding, m: number, scored: readonly Scored[], fit: SkillFit): ModelStanding {
  const models = scored[0]?.cells.byModel.length ?? 0;
  const scores: ModelStanding['scores'] = {};
  scored.forEach(({ dimension }, h) => {
    const standing: ScoreStanding | undefined = model.scores[dimension];
    if (standing === undefined) return;
    const column = h * models + m;
    const precision = fit.precisions[column]?.data ?? fit.prior.precision.data;
    scores[dimension] = { ...standing, skills: [...rowOf(fit.strengths, column)], skillPrecision: [...precision] };
  });
  return { ...model, scores };
}

function momentsOf(values: Float64Array): { mean: number; variance: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, variance: Math.max(variance, LEAST_ABILITY_VARIANCE) };
}

/** One or two models do not tell how models vary: a standard deviation of one half, in log odds. */
const LEAST_ABILITY_VARIANCE = 0.25;
