import type { HeldLosses } from './held-losses.ts';
import { arraysOf, type LearnedState } from './learned-state.ts';

/** How far a training has come. */
export type Progress = {
  /** Digest of everything that decides the result. */
  fingerprint: string;
  /** Steps done. */
  step: number;
  /** By epoch done. */
  epochs: readonly HeldLosses[];
};

/** Length of the header in bytes (32 bits, little-endian), the header as JSON, then all arrays, one after another. */
export function encodeCheckpoint(progress: Progress, state: LearnedState): Uint8Array {
  const header = new TextEncoder().encode(JSON.stringify(progress));
  const arrays = [...arraysOf(state).values()];
  const size = arrays.reduce((sum, { byteLength }) => sum + byteLength, 4 + header.length);
  const bytes = new Uint8Array(size);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 4);
  let offset = 4 + header.length;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += byteLength;
  }
  return bytes;
}

/** Fills the state from a checkpoint of the same training. Throws when it is of another one, or damaged. */
export function restoreCheckpoint(bytes: Uint8Array, fingerprint: string, state: LearnedState): Progress {
  const arrays = [...arraysOf(state).values()];
  const headerLength = bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const start = 4 + headerLength;
  const progress = readHeader(bytes.subarray(4, start));
  if (progress.fingerprint !== fingerprint)
    throw new Error(
      `the checkpoint is of another training (${progress.fingerprint}, this one is ${fingerprint}): ` +
        'remove it, or train with the data and options it was saved with',
    );
  const expected = arrays.reduce((sum, { byteLength }) => sum + byteLength, start);
  if (bytes.length !== expected)
    throw new Error(`the checkpoint is damaged: it has ${bytes.length} bytes, ${expected} were expected; remove it`);
  let offset = start;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    new Uint8Array(buffer, byteOffset, byteLength).set(bytes.subarray(offset, offset + byteLength));
    offset += byteLength;
  }
  return progress;
}

function readHeader(bytes: Uint8Array): Progress {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Progress;
  } catch (error) {
    throw new Error('the checkpoint is damaged: its header cannot be read; remove it', { cause: error });
  }
}
