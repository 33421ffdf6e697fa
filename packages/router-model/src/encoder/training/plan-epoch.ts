import type { Random } from '@pointsman/statistics';
import { at } from '../../mathematics/matrix.ts';
import type { EncoderShape } from '../text-encoder.ts';

/** Rows that are trained on together, all padded to the same number of positions. */
export type Batch = { positions: number; rows: readonly number[] };

// Padding to quarters of the longest wastes at most an eighth on average and costs four sessions of memory.
const LENGTHS = 4;

/** The numbers of positions that batches are padded to, ascending. */
export function paddedLengths({ maxTokens, merge }: EncoderShape): number[] {
  const longest = maxTokens / merge;
  const lengths = Array.from({ length: LENGTHS }, (_, i) => Math.ceil((longest * (i + 1)) / LENGTHS));
  return [...new Set(lengths)];
}

/**
 * Every row once, in batches of rows of like length, in random order. The rows that fill no batch join the next
 * longer ones, so that at most one batch is not full.
 */
export function planEpoch(rows: readonly Batch[], size: number, random: Random): Batch[] {
  const batches: Batch[] = [];
  let waiting: number[] = [];
  let positions = 0;
  for (const bucket of rows) {
    positions = bucket.positions;
    waiting = [...waiting, ...shuffled(bucket.rows, random)];
    while (waiting.length >= size) batches.push({ positions, rows: waiting.splice(0, size) });
  }
  if (waiting.length > 0) batches.push({ positions, rows: waiting });
  return shuffled(batches, random);
}

/** The rows by the length they are padded to, ascending. */
export function rowsByLength(rows: Iterable<number>, tokens: readonly Int32Array[], shape: EncoderShape): Batch[] {
  const buckets = paddedLengths(shape).map((positions) => ({ positions, rows: [] as number[] }));
  for (const row of rows) {
    const { length } = tokens[row] ?? [];
    const bucket = buckets.find(({ positions }) => positions * shape.merge >= length);
    if (length === 0 || bucket === undefined)
      throw new RangeError(`prompt ${row} is not there, or has none or more than ${shape.maxTokens} tokens`);
    bucket.rows.push(row);
  }
  return buckets;
}

/** Fisher and Yates. */
function shuffled<T>(values: readonly T[], random: Random): T[] {
  const order = Int32Array.from(values.keys());
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const kept = at(order, last);
    order[last] = at(order, other);
    order[other] = kept;
  }
  return Array.from(order, (index) => values[index] as T);
}
