import type { Dimension } from '@pointsman/contracts';
import { at, dot } from '../mathematics/matrix.ts';
import type { TrainingRow } from '../rows.ts';

/** Predicts a model's score on a prompt; `undefined` for a model without scores in the dimension. */
export type RidgePredict = (row: TrainingRow) => (model: string, dimension: Dimension) => number | undefined;

const BUCKETS = 8_192;
/** On the shared data 1 to 8 did about equally well. */
const PENALTY = 3;
/** At this penalty the weights no longer move. */
const ITERATIONS = 15;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

type Words = { indices: Int32Array; values: Float32Array };
type Column = { mean: number; weights: Float64Array };

/**
 * The simplest router that reads: per model a ridge regression of its score on hashed words, weighted by inverse document
 * frequency. On purpose it shares no code with the router's own features: a fault there must show in the comparison.
 */
export function fitHashedRidge(rows: readonly TrainingRow[]): RidgePredict {
  const counts = rows.map(({ prompt }) => countWords(prompt.text));
  const documents = new Float64Array(BUCKETS);
  for (const { indices } of counts) for (const bucket of indices) documents[bucket] = at(documents, bucket) + 1;
  const rarity = documents.map((count) => Math.log((rows.length + 1) / (count + 1)));
  const words = counts.map((own) => weighted(own, rarity));
  const columns = new Map([...scoresByColumn(rows)].map(([key, scores]) => [key, fitColumn(scores, words)]));
  return (row) => {
    const own = weighted(countWords(row.prompt.text), rarity);
    return (model, dimension) => {
      const column = columns.get(keyOf(model, dimension));
      return column && Math.min(Math.max(column.mean + product(own, column.weights), 0), 1);
    };
  };
}

const keyOf = (model: string, dimension: string): string => `${model}\n${dimension}`;

type Scores = { rows: number[]; values: number[] };

function scoresByColumn(rows: readonly TrainingRow[]): Map<string, Scores> {
  const columns = new Map<string, Scores>();
  rows.forEach(({ observations }, r) => {
    for (const { model, scores } of observations)
      for (const [dimension, value] of Object.entries(scores)) {
        const column = columns.get(keyOf(model, dimension)) ?? { rows: [], values: [] };
        column.rows.push(r);
        column.values.push(value);
        columns.set(keyOf(model, dimension), column);
      }
  });
  return columns;
}

function countWords(text: string): Words {
  const counts = new Map<number, number>();
  for (const [word] of text.toLowerCase().matchAll(/\p{L}+/gu)) {
    let hash = FNV_OFFSET;
    for (let n = 0; n < word.length; n += 1) hash = Math.imul(hash ^ word.charCodeAt(n), FNV_PRIME);
    const bucket = (hash ^ (hash >>> 15)) & (BUCKETS - 1);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return {
    indices: Int32Array.from(counts.keys()),
    values: Float32Array.from(counts.values(), (count) => Math.log1p(count)),
  };
}

/** Of unit length; empty stays empty. */
function weighted({ indices, values }: Words, rarity: Float64Array): Words {
  const scaled = values.map((value, n) => value * at(rarity, at(indices, n)));
  const norm = Math.sqrt(dot(scaled, scaled)) || 1;
  return { indices, values: scaled.map((value) => value / norm) };
}

function product({ indices, values }: Words, weights: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < indices.length; n += 1) sum += (values[n] ?? 0) * (weights[indices[n] ?? 0] ?? 0);
  return sum;
}

/** `(X'X + penalty I)^-1 X' (y - mean)` by conjugate gradients. */
function fitColumn({ rows, values }: Scores, words: readonly Words[]): Column {
  const own = rows.flatMap((row) => words[row] ?? []);
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const weights = new Float64Array(BUCKETS);
  const residual = new Float64Array(BUCKETS);
  own.forEach((row, n) => {
    addScaledWords(residual, row, at(values, n) - mean);
  });
  const direction = residual.slice();
  let norm = dot(residual, residual);
  for (let iteration = 0; iteration < ITERATIONS && norm > 1e-12; iteration += 1) {
    const image = direction.map((value) => PENALTY * value);
    for (const row of own) addScaledWords(image, row, product(row, direction));
    const step = norm / dot(direction, image);
    const former = norm;
    for (let b = 0; b < BUCKETS; b += 1) {
      weights[b] = (weights[b] ?? 0) + step * (direction[b] ?? 0);
      residual[b] = (residual[b] ?? 0) - step * (image[b] ?? 0);
    }
    norm = dot(residual, residual);
    for (let b = 0; b < BUCKETS; b += 1) direction[b] = (residual[b] ?? 0) + (norm / former) * (direction[b] ?? 0);
  }
  return { mean, weights };
}

function addScaledWords(target: Float64Array, { indices, values }: Words, scale: number): void {
  for (let n = 0; n < indices.length; n += 1) {
    const bucket = indices[n] ?? 0;
    target[bucket] = (target[bucket] ?? 0) + scale * (values[n] ?? 0);
  }
}
