import { seededRandom } from '@pointsman/statistics';
import { dominantSubspace } from '../../src/mathematics/dominant-subspace.ts';
import { dot, type Matrix, rowOf } from '../../src/mathematics/matrix.ts';
import { times } from '../../src/mathematics/sparse.ts';
import type { PoolRow } from '../data/pool.ts';
import type { RoutingMethod } from './routing-method.ts';
import { fitVectors } from './text-vectors.ts';

const DIMENSIONS = 64;
const SUBSPACE_ITERATIONS = 3;
const NEIGHBOURS = [10, 20, 40, 80, 160];
const MOST_NEIGHBOURS = 160;
/** Training rows on which the number of neighbours is chosen, each without its own near-duplicates. */
const TUNING_ROWS = 400;

/** Mean quality over the most similar training prompts: cosine in a latent semantic space of the TF-IDF vectors. */
export const nearestNeighbours = (seed: number): RoutingMethod => ({
  name: 'nearest neighbours',
  fit(train) {
    const vectorise = fitVectors(train);
    const vectors = vectorise(train);
    const basis = dominantSubspace(vectors, {
      dimensions: Math.min(DIMENSIONS, train.length),
      iterations: SUBSPACE_ITERATIONS,
      random: seededRandom(seed),
    });
    const latents = normalisedRows(times(vectors, basis));
    const stride = Math.max(1, Math.floor(train.length / TUNING_ROWS));
    const tuning = train.flatMap((row, n) =>
      n % stride === 0
        ? [{ row, near: nearest(latents, rowOf(latents, n), (m) => train[m]?.group !== row.group) }]
        : [],
    );
    const errorOf = (k: number): number =>
      tuning.reduce((sum, { row, near }) => sum + squaredError(row, meanOver(train, near.slice(0, k))), 0);
    const best = NEIGHBOURS.reduce((a, b) => (errorOf(b) < errorOf(a) ? b : a));
    return (row) => {
      const latent = rowOf(normalisedRows(times(vectorise([row]), basis)), 0);
      return meanOver(train, nearest(latents, latent, () => true).slice(0, best));
    };
  },
});

function normalisedRows(matrix: Matrix): Matrix {
  for (let r = 0; r < matrix.rows; r += 1) {
    const row = rowOf(matrix, r);
    const norm = Math.sqrt(dot(row, row)) || 1;
    for (let k = 0; k < row.length; k += 1) row[k] = (row[k] ?? 0) / norm;
  }
  return matrix;
}

/** The most similar rows, nearest first. */
function nearest({ data, rows, columns }: Matrix, latent: Float64Array, isAllowed: (row: number) => boolean): number[] {
  const similarity = new Float64Array(rows);
  for (let r = 0; r < rows; r += 1) {
    let sum = 0;
    for (let k = 0; k < columns; k += 1) sum += (data[r * columns + k] ?? 0) * (latent[k] ?? 0);
    similarity[r] = isAllowed(r) ? sum : Number.NEGATIVE_INFINITY;
  }
  const least = similarity.toSorted()[Math.max(0, rows - MOST_NEIGHBOURS)] ?? 0;
  const found: number[] = [];
  similarity.forEach((value, r) => {
    if (value >= least && value > Number.NEGATIVE_INFINITY) found.push(r);
  });
  return found.sort((a, b) => (similarity[b] ?? 0) - (similarity[a] ?? 0));
}

function meanOver(train: readonly PoolRow[], indices: readonly number[]): Float64Array {
  const mean = new Float64Array(train[0]?.quality.length ?? 0);
  for (const index of indices)
    train[index]?.quality.forEach((value, m) => {
      mean[m] = (mean[m] ?? 0) + value / indices.length;
    });
  return mean;
}

const squaredError = ({ quality }: PoolRow, predicted: Float64Array): number =>
  quality.reduce((sum, value, m) => sum + (value - (predicted[m] ?? 0)) ** 2, 0);
