import { encodeTrainedOn } from '../artefact/trained-on.ts';
import type { TrainingRow } from '../rows.ts';

/** The hashes of `encodeTrainedOn` with further rows added, sorted, each once. */
export function mergeTrainedOn(bytes: Uint8Array, rows: readonly TrainingRow[]): Uint8Array {
  const hashes = Uint32Array.from(new Set([...hashesOf(bytes), ...hashesOf(encodeTrainedOn(rows))])).sort();
  return new Uint8Array(hashes.buffer);
}

// Files are read at any offset of a buffer; 32-bit numbers need a multiple of four.
const hashesOf = (bytes: Uint8Array): Uint32Array => new Uint32Array(bytes.slice().buffer);
