import { type CatalogModel, DIMENSIONS, type Dimension } from '@pointsman/contracts';
import { type Observation, routerNamesOf, type TrainingRow } from '@pointsman/router-model';
import { type DimensionWeights, observedOverallScore } from '@pointsman/router-model/floor';

/** A request that every model of the pool answered; `answers` in the order of the pool. */
export type AnsweredRow = { row: TrainingRow; answers: { score: number; observation: Observation }[] };

export type CollectedAnswers = {
  /** The models that answered anything: the pool. */
  pool: CatalogModel[];
  rows: AnsweredRow[];
  /** Rows that the router learned from, or near-duplicates of them: left out. */
  learned: number;
  /** Rows that lack the answer of a model of the pool: left out. */
  incomplete: number;
  /** For each model of the pool how many rows lack its answer, the most first. */
  missing: { model: string; rows: number }[];
  /** Models that answered nothing, and so are not in the pool. */
  unanswered: string[];
};

export type AnswerSource = {
  models: readonly CatalogModel[];
  weights: DimensionWeights;
  hasLearnedFrom(row: TrainingRow): boolean;
};

/** The rows on which every model can be compared, and what became of the others. Each row holds all answers to its prompt. */
export function collectAnswers(all: readonly TrainingRow[], source: AnswerSource): CollectedAnswers {
  const { models, weights } = source;
  const fresh = all.filter((row) => !source.hasLearnedFrom(row));
  const isAnswered = (row: TrainingRow, model: CatalogModel) => observationOf(row, model, weights) !== undefined;
  const pool = models.filter((model) => fresh.some((row) => isAnswered(row, model)));
  const rows = fresh.flatMap((row) => answeredBy(pool, row, weights) ?? []);
  return {
    pool,
    rows,
    learned: all.length - fresh.length,
    incomplete: fresh.length - rows.length,
    missing: pool
      .map((model) => ({ model: model.id, rows: fresh.filter((row) => !isAnswered(row, model)).length }))
      .sort((a, b) => b.rows - a.rows),
    unanswered: models.filter((model) => !pool.includes(model)).map(({ id }) => id),
  };
}

function answeredBy(
  pool: readonly CatalogModel[],
  row: TrainingRow,
  weights: DimensionWeights,
): AnsweredRow | undefined {
  const observations = pool.flatMap((model) => observationOf(row, model, weights) ?? []);
  if (pool.length === 0 || observations.length < pool.length) return undefined;
  // Averages over different dimensions say nothing about which reply is better.
  const shared = DIMENSIONS.filter((d) => observations.every(({ scores }) => scores[d] !== undefined));
  const answers = observations.flatMap((observation) => {
    const score = observedOverallScore(only(observation.scores, shared), weights);
    return score === undefined ? [] : [{ score, observation }];
  });
  return answers.length === pool.length ? { row, answers } : undefined;
}

/** The first of the model's names under which it was scored in a dimension that the policy looks at. */
function observationOf(row: TrainingRow, model: CatalogModel, weights: DimensionWeights): Observation | undefined {
  for (const name of routerNamesOf(model)) {
    const found = row.observations.find(
      (o) => o.model === name && observedOverallScore(o.scores, weights) !== undefined,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function only(scores: Observation['scores'], dimensions: readonly Dimension[]): Observation['scores'] {
  return Object.fromEntries(dimensions.map((dimension) => [dimension, scores[dimension]]));
}
