import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DESCRIPTION_FILE,
  type EncoderDescription,
  encoderVersion,
  type FileFacts,
  formatEncoderDescription,
  ONNX_FILE,
  TOKENIZER_FILE,
} from './encoder-description.ts';
import { replaceFiles } from './replace-files.ts';

/** A text encoder in memory; the rest of its description follows from the bytes. */
export type WritableTextEncoder = Pick<
  EncoderDescription,
  'kind' | 'width' | 'maxTokens' | 'merge' | 'provenance' | 'training'
> & { onnx: Uint8Array; tokenizerJson: string };

/** Writes the folder that `openTextEncoder` opens, or nothing. An encoder that is already there is replaced. */
export async function writeTextEncoder(
  dir: string,
  { onnx, tokenizerJson, ...facts }: WritableTextEncoder,
): Promise<EncoderDescription> {
  const tokenizer = Buffer.from(tokenizerJson);
  const files = { [ONNX_FILE]: factsOf(onnx), [TOKENIZER_FILE]: factsOf(tokenizer) };
  const version = encoderVersion(files[ONNX_FILE].sha256);
  const description: EncoderDescription = { format: 1, version, ...facts, files };
  await replaceFiles(dir, [ONNX_FILE, TOKENIZER_FILE, DESCRIPTION_FILE], async (staging) => {
    await writeFile(join(staging, DESCRIPTION_FILE), formatEncoderDescription(description));
    await writeFile(join(staging, ONNX_FILE), onnx);
    await writeFile(join(staging, TOKENIZER_FILE), tokenizer);
  });
  return description;
}

function factsOf(bytes: Uint8Array): FileFacts {
  return { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
}
