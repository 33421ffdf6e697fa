import type { EncoderDescription } from '../encoder-description.ts';
import { type PullOptions, pullPinnedEncoder } from './pull-pinned-encoder.ts';
import { REFERENCE_ENCODER } from './reference-encoder.ts';

/**
 * Downloads the 22-million-parameter reference encoder into an encoder folder, or takes its two files from a folder, and
 * checks them byte for byte. Leaves `dir` as it was when that fails, and says how to bring the files by hand.
 */
export function pullReferenceEncoder(dir: string, options: PullOptions): Promise<EncoderDescription> {
  return pullPinnedEncoder(dir, REFERENCE_ENCODER, options);
}
