import { at } from '../../mathematics/matrix.ts';
import { type AdamWStep, adamw, type Moments } from './adamw.ts';

/** A table of token vectors that is read and updated by rows. */
export type TokenTable = {
  width: number;
  weights: Float32Array;
  moments: Moments;
  /** How often each row has been updated. */
  updates: Float32Array;
};

/** Gradients of the rows that a batch touched, in the order of their first use. */
export type RowGradients = { ids: readonly number[]; values: Float32Array };

/** Writes the vectors of the tokens one after another. */
export function gatherRows({ weights, width }: TokenTable, ids: Int32Array, into: Float32Array): void {
  for (let i = 0; i < ids.length; i += 1) {
    const from = at(ids, i) * width;
    into.set(weights.subarray(from, from + width), i * width);
  }
}

/** Sums the gradients of equal tokens; padding (id 0) has none. */
export function sumByToken(ids: Int32Array, gradients: Float32Array, width: number): RowGradients {
  const places = new Map<number, number>();
  for (const id of ids) if (id !== 0 && !places.has(id)) places.set(id, places.size);
  const values = new Float32Array(places.size * width);
  for (let i = 0; i < ids.length; i += 1) {
    const place = places.get(at(ids, i));
    if (place === undefined) continue;
    for (let k = 0; k < width; k += 1)
      values[place * width + k] = (values[place * width + k] ?? 0) + (gradients[i * width + k] ?? 0);
  }
  return { ids: [...places.keys()], values };
}

/**
 * AdamW on the touched rows alone. The means of the others stand still, so each row counts its own updates: a rare
 * token's first step is as long as a frequent one's.
 */
export function updateRows(table: TokenTable, { ids, values }: RowGradients, step: Omit<AdamWStep, 'updates'>): void {
  const { width, weights, moments, updates } = table;
  ids.forEach((id, place) => {
    const row = (all: Float32Array): Float32Array => all.subarray(id * width, (id + 1) * width);
    updates[id] = at(updates, id) + 1;
    adamw(
      row(weights),
      values.subarray(place * width, (place + 1) * width),
      { first: row(moments.first), second: row(moments.second) },
      { ...step, updates: at(updates, id) },
    );
  });
}
