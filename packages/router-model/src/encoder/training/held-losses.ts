import { at } from '../../mathematics/matrix.ts';
import { type IndexedTargets, type LossWeights, repliesTo } from './batch-inputs.ts';
import { TRAINING_OUTPUTS } from './training-graph.ts';

/** How well the heads do on prompts that were not learned from; means over prompts. */
export type HeldLosses = {
  /** All parts, weighted as in training; a perfect imitation of the teacher counts as minus its weight. */
  loss: number;
  /** Over the prompts whose kind is known; absent where it is of none. */
  kinds?: { crossEntropy: number; accuracy: number } | undefined;
  /** Beside the log loss of the offsets alone, each the mean over a prompt's replies; absent without replies. */
  replies?: { logLoss: number; offsetLogLoss: number } | undefined;
  /** Mean cosine between the imitation and the teacher's vectors; absent without a teacher. */
  teacherCosine?: number | undefined;
};

/** What the heads told of some prompts, by the names of the outputs; rows in the order of `rows`. */
export type ToldBatch = { rows: readonly number[]; told: ReadonlyMap<string, Float32Array> };

export function heldLosses(batches: readonly ToldBatch[], targets: IndexedTargets, weights: LossWeights): HeldLosses {
  const kinds = averageOver(batches, (row, told) => kindLosses(row, told, targets));
  const replies = averageOver(batches, (row, told) => replyLosses(row, told, targets));
  const cosine = averageOver(batches, (row, told) => teacherCosine(row, told, targets));
  const loss =
    weights.kinds * (kinds?.[0] ?? 0) + weights.replies * (replies?.[0] ?? 0) - weights.teacher * (cosine?.[0] ?? 0);
  return {
    loss,
    ...(kinds && { kinds: { crossEntropy: at(kinds, 0), accuracy: at(kinds, 1) } }),
    ...(replies && { replies: { logLoss: at(replies, 0), offsetLogLoss: at(replies, 1) } }),
    ...(cosine && { teacherCosine: at(cosine, 0) }),
  };
}

/** One prompt's part of an output. */
type RowTold = (output: string, width: number) => Float32Array | undefined;
type Measure = (row: number, told: RowTold) => readonly number[] | undefined;

/** Means of what is measured, over the prompts of which it can be. */
function averageOver(batches: readonly ToldBatch[], measure: Measure): number[] | undefined {
  const measured = batches.flatMap(({ rows, told }) =>
    rows.flatMap((row, place) => {
      const values = measure(row, (output, width) => told.get(output)?.subarray(place * width, (place + 1) * width));
      return values === undefined ? [] : [values];
    }),
  );
  const [first] = measured;
  return first?.map((_, k) => measured.reduce((sum, values) => sum + at(values, k), 0) / measured.length);
}

function kindLosses(row: number, told: RowTold, { kinds }: IndexedTargets): number[] | undefined {
  const logits = told(TRAINING_OUTPUTS.kindLogits, kinds.columns);
  const labels = kinds.data.subarray(row * kinds.columns, (row + 1) * kinds.columns);
  if (logits === undefined || !labels.some((label) => label > 0)) return undefined;
  const highest = Math.max(...logits);
  const logSum = highest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - highest), 0));
  const crossEntropy = labels.reduce((sum, label, k) => sum + label * (logSum - at(logits, k)), 0);
  return [crossEntropy, labels.indexOf(Math.max(...labels)) === logits.indexOf(highest) ? 1 : 0];
}

function replyLosses(row: number, told: RowTold, targets: IndexedTargets): number[] | undefined {
  const { replies, abilities } = targets;
  const logits = told(TRAINING_OUTPUTS.replyLogits, abilities.columns);
  const own = repliesTo(targets, row);
  if (logits === undefined || own.length === 0) return undefined;
  const mean = (logitOf: (reply: number) => number): number =>
    own.reduce((sum, reply) => sum + logLoss(logitOf(reply), at(replies.score, reply)), 0) / own.length;
  return [mean((reply) => at(logits, at(replies.column, reply))), mean((reply) => at(replies.offset, reply))];
}

function teacherCosine(row: number, told: RowTold, { teacher }: IndexedTargets): number[] | undefined {
  if (teacher === undefined) return undefined;
  const imitation = told(TRAINING_OUTPUTS.imitation, teacher.width);
  const vector = teacher.data.subarray(row * teacher.width, (row + 1) * teacher.width);
  const length = Math.hypot(...vector);
  if (imitation === undefined || length === 0) return undefined;
  return [imitation.reduce((sum, value, k) => sum + value * at(vector, k), 0) / length];
}

/** Cross-entropy of a score in [0, 1] and `sigmoid(logit)`. */
function logLoss(logit: number, score: number): number {
  return Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - score * logit;
}
