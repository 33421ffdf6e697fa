import { seededRandom } from '@pointsman/statistics';
import { sigmoid } from '../../mathematics/logistic.ts';
import { at, dot } from '../../mathematics/matrix.ts';
import { estimateModels, prepareModels } from '../../model/estimate-models.ts';
import type { ModelStanding, ModelTable, ScoreHead } from '../../model/model-standing.ts';
import type { RequestReading } from '../../model/read-request.ts';
import { neutralCalibration } from '../../training/calibrate.ts';
import type { ScoredAnswer } from '../fold-in.ts';

/** How a model of the simulation really is. */
export type TrueModel = {
  ability: number;
  strengths: readonly number[];
  /** What it does better or worse on single kinds, in log odds. */
  kinds: readonly number[];
};

const KINDS = 12;
const SKILLS = 2;
const EASE = Array.from({ length: KINDS }, (_, k) => 1.5 - (3 * k) / (KINDS - 1));
const MODELS = 16;
const ANSWERS_BY_KIND = 60;

/** A normally distributed number (Box and Muller 1958). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function randomModel(random: () => number): TrueModel {
  return {
    ability: 0.3 + normal(random),
    strengths: [-1 + 0.4 * normal(random), 0.5 * normal(random)],
    kinds: Array.from({ length: KINDS }, () => 0.4 * normal(random)),
  };
}

/** A request of one kind, asking for skills, of which the router is more or less sure. */
export function randomReading(random: () => number): RequestReading {
  const kind = Math.floor(random() * KINDS);
  return {
    kinds: Float64Array.from({ length: KINDS }, (_, k) => (k === kind ? 0.9 : 0.1 / (KINDS - 1))),
    familiarity: 0.9 + 0.1 * random(),
    skills: Float64Array.from({ length: SKILLS }, () => 0.4 * normal(random)),
    lengths: new Float64Array(1),
    domains: new Float64Array(0),
    tasks: new Float64Array(0),
  };
}

/** The chance that the model's reply to the request is right. */
export function trueChance(model: TrueModel, reading: RequestReading): number {
  const kind = reading.kinds.indexOf(Math.max(...reading.kinds));
  return sigmoid(model.ability + at(EASE, kind) + at(model.kinds, kind) + dot(model.strengths, reading.skills));
}

export function answersOf(model: TrueModel, readings: readonly RequestReading[], random: () => number): ScoredAnswer[] {
  return readings.map((reading) => ({
    reading,
    scores: { factual_accuracy: random() < trueChance(model, reading) ? 1 : 0 },
    outputTokens: Math.round(100 * Math.exp(model.ability / 2 + 0.3 * normal(random))),
  }));
}

export const readingsOf = (count: number, random: () => number): RequestReading[] =>
  Array.from({ length: count }, () => randomReading(random));

/** A table as training would leave it: models seen often on every kind, among them none of the tested ones. */
export function simulatedTable(seed: number): ModelTable {
  const random = seededRandom(seed);
  const head: ScoreHead = {
    dimension: 'factual_accuracy',
    ease: EASE,
    typicalSkills: [-1, 0],
    calibration: { ...neutralCalibration(KINDS), hiddenShare: EASE.map(() => 0.1) },
  };
  return {
    heads: [head],
    length: { overall: Math.log(100), byKind: EASE.map(() => 0), typicalLengths: [0] },
    fallbackKinds: EASE.map(() => 1 / KINDS),
    abilityPrior: { mean: 0.3, variance: 1 },
    models: Array.from({ length: MODELS }, (_, m) => seenModel(`model-${m}`, randomModel(random), random)),
  };
}

function seenModel(name: string, model: TrueModel, random: () => number): ModelStanding {
  return {
    name,
    rows: KINDS * ANSWERS_BY_KIND,
    ability: model.ability,
    abilityVariance: 0.005,
    scores: {
      factual_accuracy: {
        kinds: EASE.map((ease, k) => {
          const chance = sigmoid(model.ability + ease + at(model.kinds, k));
          const noise = normal(random) * Math.sqrt((chance * (1 - chance)) / ANSWERS_BY_KIND);
          return [k, ANSWERS_BY_KIND, ANSWERS_BY_KIND * Math.min(Math.max(chance + noise, 0), 1)];
        }),
        skills: [...model.strengths],
        skillPrecision: [30, 0, 0, 30],
      },
    },
  };
}

/** Expected score of one model of a table on a request. */
export function expectedScore(table: ModelTable, name: string): (reading: RequestReading) => number {
  const prepared = prepareModels({ ...table, models: table.models.filter((model) => model.name === name) });
  return (reading) => estimateModels(prepared, reading).means[0]?.[0] ?? Number.NaN;
}

/** Root mean square distance between expected scores and true chances over requests. */
export function errorOf(
  table: ModelTable,
  name: string,
  model: TrueModel,
  readings: readonly RequestReading[],
): number {
  const expected = expectedScore(table, name);
  const squares = readings.map((reading) => (expected(reading) - trueChance(model, reading)) ** 2);
  return Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length);
}
