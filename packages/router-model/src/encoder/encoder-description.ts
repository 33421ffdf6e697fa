import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

export const ONNX_FILE = 'encoder.onnx';
export const TOKENIZER_FILE = 'tokenizer.json';
export const DESCRIPTION_FILE = 'encoder.json';

const VERSION_DIGITS = 12;

const fileSchema = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.int().positive() });
export type FileFacts = z.infer<typeof fileSchema>;

/** `encoder.json` of an encoder folder: how to run the two files beside it, and where they come from. */
export const encoderDescriptionSchema = z
  .object({
    format: z.literal(1),
    /** First 12 hex digits of the SHA-256 of the ONNX file. */
    version: z.string(),
    /**
     * `funnel`: ours, `ids` and `mask` in, `embedding` out. `bert`: `input_ids`, `attention_mask` and `token_type_ids` in,
     * `last_hidden_state` out, whose mean over the tokens is the embedding.
     */
    kind: z.enum(['funnel', 'bert']),
    width: z.int().positive(),
    maxTokens: z.int().positive(),
    /** The number of tokens is padded to a multiple of it. */
    merge: z.int().positive(),
    files: z.object({ [ONNX_FILE]: fileSchema, [TOKENIZER_FILE]: fileSchema }),
    /** What it was trained on or downloaded from, and its licence. */
    provenance: z.string().min(1),
    /** Facts of the training, for people. */
    training: z.record(z.string(), z.json()).optional(),
  })
  .refine(({ version, files }) => version === encoderVersion(files[ONNX_FILE].sha256), {
    error: `must be the first ${VERSION_DIGITS} digits of the SHA-256 of ${ONNX_FILE}`,
    path: ['version'],
  })
  .refine(({ maxTokens, merge }) => maxTokens % merge === 0, {
    error: 'must be a multiple of merge',
    path: ['maxTokens'],
  });
export type EncoderDescription = z.infer<typeof encoderDescriptionSchema>;

export function encoderVersion(sha256: string): string {
  return sha256.slice(0, VERSION_DIGITS);
}

/** The text of `encoder.json`. Throws, saying what is wrong, where the description contradicts itself. */
export function formatEncoderDescription(description: EncoderDescription): string {
  return `${JSON.stringify(encoderDescriptionSchema.parse(description), null, 2)}\n`;
}

/** Reads and checks `encoder.json`. Throws an error that names the file and what is wrong with it. */
export async function readEncoderDescription(dir: string): Promise<EncoderDescription> {
  const file = join(dir, DESCRIPTION_FILE);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`no text encoder at ${dir}: cannot read ${DESCRIPTION_FILE}`, { cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON`, { cause: error });
  }
  const parsed = encoderDescriptionSchema.safeParse(value);
  if (!parsed.success) throw new Error(`${file} does not describe a text encoder:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
