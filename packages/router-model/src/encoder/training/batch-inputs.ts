import type { Random } from '@pointsman/statistics';
import { at } from '../../mathematics/matrix.ts';
import { MASKED_SCORE } from '../graph/encoder-forward.ts';
import type { EncoderShape, EncoderTargets } from '../text-encoder.ts';
import type { Arrays } from './graph-sessions.ts';
import type { Batch } from './plan-epoch.ts';
import { TRAINING_INPUTS } from './training-graph.ts';

/** What each task weighs in the loss, and how far labels are smoothed towards the uniform. */
export type LossWeights = { kinds: number; replies: number; teacher: number; labelSmoothing: number };

/** Targets by prompt. */
export type IndexedTargets = EncoderTargets & {
  /** Skills x columns, as the graph multiplies by them. */
  skillAbilities: Float32Array;
  /** Replies to prompt `row` are `replyOrder[replyStart[row] .. replyStart[row + 1]]`. */
  replyStart: Int32Array;
  replyOrder: Int32Array;
};

/** Finds each prompt's replies. */
export function indexTargets(targets: EncoderTargets, prompts: number): IndexedTargets {
  const { row } = targets.replies;
  const replyStart = new Int32Array(prompts + 1);
  for (const prompt of row) replyStart[prompt + 1] = at(replyStart, prompt + 1) + 1;
  for (let prompt = 0; prompt < prompts; prompt += 1)
    replyStart[prompt + 1] = at(replyStart, prompt + 1) + at(replyStart, prompt);
  const next = replyStart.slice();
  const replyOrder = new Int32Array(row.length);
  row.forEach((prompt, reply) => {
    const place = at(next, prompt);
    replyOrder[place] = reply;
    next[prompt] = place + 1;
  });
  return { ...targets, skillAbilities: transposed(targets.abilities), replyStart, replyOrder };
}

export type BatchSize = { shape: EncoderShape; batch: number };

/** Token ids of a batch, padded with 0; each is dropped to 0 with the probability `dropout`, drawn from `random`. */
export function batchTokens(
  tokens: readonly Int32Array[],
  { rows, positions }: Batch,
  { shape, batch }: BatchSize,
  drop?: { probability: number; random: Random },
): Int32Array {
  const length = positions * shape.merge;
  const ids = new Int32Array(batch * length);
  rows.forEach((row, place) => {
    ids.set(tokens[row] ?? [], place * length);
  });
  if (drop !== undefined)
    for (let i = 0; i < ids.length; i += 1) if (ids[i] !== 0 && drop.random() < drop.probability) ids[i] = 0;
  return ids;
}

/** The mask of a batch as the graph takes it; rows missing from a batch pool nothing. */
export function batchMask(tokens: readonly Int32Array[], { rows, positions }: Batch, size: BatchSize): Arrays {
  const bias = new Float32Array(size.batch * positions);
  const pooling = new Float32Array(size.batch * positions);
  rows.forEach((row, place) => {
    const used = Math.ceil((tokens[row]?.length ?? 0) / size.shape.merge);
    bias.fill(MASKED_SCORE, place * positions + used, (place + 1) * positions);
    pooling.fill(1 / used, place * positions, place * positions + used);
  });
  return new Map([
    [TRAINING_INPUTS.attentionBias, { data: bias, shape: [size.batch, 1, 1, positions] }],
    [TRAINING_INPUTS.pooling, { data: pooling, shape: [size.batch, 1, positions] }],
  ]);
}

/** What the heads need besides the embedding: abilities, and what was expected of each reply. */
export function batchExpectations(targets: IndexedTargets, rows: readonly number[], { batch }: BatchSize): Arrays {
  const { replies, abilities, skillAbilities } = targets;
  if (abilities.columns * abilities.skills === 0) return new Map();
  const offsets = new Float32Array(batch * abilities.columns);
  rows.forEach((row, place) => {
    for (const reply of repliesTo(targets, row))
      offsets[place * abilities.columns + at(replies.column, reply)] = at(replies.offset, reply);
  });
  return new Map([
    [TRAINING_INPUTS.abilities, { data: skillAbilities, shape: [abilities.skills, abilities.columns] }],
    [TRAINING_INPUTS.replyOffsets, { data: offsets, shape: [batch, abilities.columns] }],
  ]);
}

/** Targets of a batch, multiplied by what they weigh: the loss is the mean over its prompts. */
export function batchTargets(targets: IndexedTargets, rows: readonly number[], size: BatchSize & LossWeights): Arrays {
  return new Map([
    ...kindTargets(targets, rows, size),
    ...replyTargets(targets, rows, size),
    ...teacherTargets(targets, rows, size),
  ]);
}

/** Indices into `targets.replies`. */
export function repliesTo({ replyOrder, replyStart }: IndexedTargets, row: number): Int32Array {
  return replyOrder.subarray(at(replyStart, row), at(replyStart, row + 1));
}

function kindTargets({ kinds }: IndexedTargets, rows: readonly number[], size: BatchSize & LossWeights): Arrays {
  const { columns } = kinds;
  if (columns === 0) return new Map();
  const data = new Float32Array(size.batch * columns);
  rows.forEach((row, place) => {
    const labels = kinds.data.subarray(row * columns, (row + 1) * columns);
    // A row of zeros, of a prompt whose kind nobody knows, stays one.
    const smoothed = (size.labelSmoothing * labels.reduce((sum, label) => sum + label, 0)) / columns;
    labels.forEach((label, k) => {
      data[place * columns + k] = (size.kinds / rows.length) * ((1 - size.labelSmoothing) * label + smoothed);
    });
  });
  return new Map([[TRAINING_INPUTS.kinds, { data, shape: [size.batch, columns] }]]);
}

function replyTargets(targets: IndexedTargets, rows: readonly number[], size: BatchSize & LossWeights): Arrays {
  const { replies, abilities } = targets;
  if (abilities.columns * abilities.skills === 0) return new Map();
  const shape = [size.batch, abilities.columns];
  const weights = new Float32Array(size.batch * abilities.columns);
  const scores = weights.slice();
  rows.forEach((row, place) => {
    const own = repliesTo(targets, row);
    const share = size.replies / (rows.length * own.length);
    for (const reply of own) {
      const cell = place * abilities.columns + at(replies.column, reply);
      weights[cell] = at(weights, cell) + share;
      scores[cell] = at(scores, cell) + share * at(replies.score, reply);
    }
  });
  return new Map([
    [TRAINING_INPUTS.replyWeights, { data: weights, shape }],
    [TRAINING_INPUTS.replyScores, { data: scores, shape }],
  ]);
}

function teacherTargets({ teacher }: IndexedTargets, rows: readonly number[], size: BatchSize & LossWeights): Arrays {
  if (teacher === undefined) return new Map();
  const { width } = teacher;
  const data = new Float32Array(size.batch * width);
  rows.forEach((row, place) => {
    const vector = teacher.data.subarray(row * width, (row + 1) * width);
    const length = Math.hypot(...vector);
    const share = length > 0 ? size.teacher / (rows.length * length) : 0;
    vector.forEach((value, k) => {
      data[place * width + k] = share * value;
    });
  });
  return new Map([[TRAINING_INPUTS.teacher, { data, shape: [size.batch, width] }]]);
}

function transposed({ columns, skills, data }: EncoderTargets['abilities']): Float32Array {
  const result = new Float32Array(columns * skills);
  for (let column = 0; column < columns; column += 1)
    for (let skill = 0; skill < skills; skill += 1)
      result[skill * columns + column] = at(data, column * skills + skill);
  return result;
}
