import type { Dimension } from '@pointsman/contracts';
import type { EncoderTargets } from '../encoder/text-encoder.ts';
import { at } from '../mathematics/matrix.ts';
import { estimateModels, type PreparedModels } from '../model/estimate-models.ts';
import type { RequestReading } from '../model/read-request.ts';
import type { Prompt } from '../prompt.ts';

/** A bigger artefact to be imitated. */
export type Teacher = {
  kinds: readonly string[];
  models: PreparedModels;
  read(prompt: Prompt): Promise<RequestReading>;
  /** The vectors of its text encoder; absent when it has none. */
  embed?: { width: number; of(prompt: Prompt): Promise<Float32Array> } | undefined;
};

/** What targets are about: their prompts by row, kinds by column, and columns of replies, dimension after dimension. */
export type TargetNames = {
  prompts: readonly Prompt[];
  kinds: readonly string[];
  dimensions: readonly Dimension[];
  models: readonly string[];
};

/** Weight of the teacher's opinion against what was observed: it sees no luck, but it can be wrong. */
const TEACHER_SHARE = 0.5;

/**
 * Targets for a smaller encoder: kinds and scores half as observed and half as the teacher sees them, and its vectors
 * to be imitated (Hinton, Vinyals, Dean 2015). What the teacher does not know stays as it was observed.
 */
export async function distilTargets(
  teacher: Teacher,
  targets: EncoderTargets,
  names: TargetNames,
): Promise<EncoderTargets> {
  const kinds = Float32Array.from(targets.kinds.data);
  const scores = Float32Array.from(targets.replies.score);
  const repliesOf = Map.groupBy(targets.replies.row.keys(), (n) => at(targets.replies.row, n));
  const kindColumns = teacher.kinds.map((kind) => names.kinds.indexOf(kind));
  const tellScores = scoresToldBy(teacher.models, names);
  const vectors = new Float32Array(names.prompts.length * (teacher.embed?.width ?? 0));
  for (const [row, prompt] of names.prompts.entries()) {
    const reading = await teacher.read(prompt);
    mixKinds(kinds.subarray(row * names.kinds.length, (row + 1) * names.kinds.length), reading.kinds, kindColumns);
    const told = tellScores(reading);
    for (const n of repliesOf.get(row) ?? []) {
      const score = told(at(targets.replies.column, n));
      if (score !== undefined) scores[n] = (1 - TEACHER_SHARE) * at(scores, n) + TEACHER_SHARE * score;
    }
    if (teacher.embed !== undefined) vectors.set(await teacher.embed.of(prompt), row * teacher.embed.width);
  }
  return {
    ...targets,
    kinds: { ...targets.kinds, data: kinds },
    replies: { ...targets.replies, score: scores },
    teacher: teacher.embed === undefined ? undefined : { width: teacher.embed.width, data: vectors },
  };
}

/** Mixes in the teacher's probabilities of the kinds both know, scaled to add up to one. */
function mixKinds(labels: Float32Array, told: Float64Array, columns: readonly number[]): void {
  const known = columns.reduce((sum, column, k) => sum + (column < 0 ? 0 : at(told, k)), 0);
  if (known <= 0) return;
  for (let column = 0; column < labels.length; column += 1) labels[column] = (1 - TEACHER_SHARE) * at(labels, column);
  columns.forEach((column, k) => {
    if (column >= 0) labels[column] = at(labels, column) + (TEACHER_SHARE * at(told, k)) / known;
  });
}

/** Expected scores by column of replies; `undefined` for a model or dimension the teacher does not know. */
function scoresToldBy(
  models: PreparedModels,
  { dimensions, models: names }: TargetNames,
): (reading: RequestReading) => (column: number) => number | undefined {
  const places = dimensions.flatMap((dimension) => {
    const head = models.heads.findIndex((one) => one.dimension === dimension);
    return names.map((name) => ({ head, model: models.names.indexOf(name) }));
  });
  return (reading) => {
    const { means } = estimateModels(models, reading);
    return (column) => {
      const place = places[column];
      return place === undefined ? undefined : means[place.head]?.[place.model];
    };
  };
}
