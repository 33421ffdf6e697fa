import type { TrainingRow } from '../rows.ts';
import { groupHash } from '../training/prepare-data.ts';

/**
 * The near-duplicate groups an artefact has learned from, as sorted 32-bit hashes: what tells whether a row is fit to
 * test or certify on. Two unrelated prompts share a hash once in four billion.
 */
export function encodeTrainedOn(rows: readonly TrainingRow[]): Uint8Array {
  const hashes = Uint32Array.from(new Set(rows.map(groupHash))).sort();
  return new Uint8Array(hashes.buffer);
}

/** Tells whether a row, or a near-duplicate of it, was learned from. */
export type TrainedOn = { has(row: TrainingRow): boolean; readonly groups: number };

export function decodeTrainedOn(bytes: Uint8Array): TrainedOn {
  const aligned = bytes.slice();
  const groups = new Set(new Uint32Array(aligned.buffer, 0, Math.floor(aligned.byteLength / 4)));
  return { groups: groups.size, has: (row) => groups.has(groupHash(row)) };
}
