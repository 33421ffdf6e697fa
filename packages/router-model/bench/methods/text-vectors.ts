import { type Features, featurise } from '../../src/features/featurise.ts';
import { type SparseMatrix, sparseFrom } from '../../src/mathematics/sparse.ts';
import type { PoolRow } from '../data/pool.ts';

/** As many as the router's own; half as many cost the ridge up to 0.006 of squared error. */
const BUCKETS = 16_384;

const known = new WeakMap<PoolRow, Features>();

/** Hashed n-gram counts; made once per row, since every fold needs them. */
function featuresOf(row: PoolRow): Features {
  const features = known.get(row) ?? featurise(row.row.prompt, BUCKETS);
  known.set(row, features);
  return features;
}

/** Turns rows into TF-IDF vectors of unit length, one sparse row each. */
export type Vectorise = (rows: readonly PoolRow[]) => SparseMatrix;

/** TF-IDF over hashed n-grams, with the document frequencies of the given rows. */
export function fitVectors(train: readonly PoolRow[]): Vectorise {
  const documents = new Float64Array(BUCKETS);
  for (const row of train)
    for (const bucket of featuresOf(row).indices) documents[bucket] = (documents[bucket] ?? 0) + 1;
  const idf = documents.map((count) => Math.log((train.length + 1) / (count + 1)));
  return (rows) =>
    sparseFrom(
      rows.map((row) => {
        const { indices, weights } = featuresOf(row);
        const values = weights.map((weight, n) => weight * (idf[indices[n] ?? 0] ?? 0));
        const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
        return { indices, values: values.map((value) => value / norm) };
      }),
      BUCKETS,
    );
}
