import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dimensionSchema, scoreEstimateSchema } from '@pointsman/contracts';
import { z } from 'zod';
import { evaluationTableSchema } from '../evaluation/evaluation-table.ts';

const scoresSchema = z.record(dimensionSchema, scoreEstimateSchema);

const promptSchema = z.object({
  text: z.string(),
  system: z.string(),
  characters: z.int().nonnegative(),
  messageCount: z.int().nonnegative(),
  toolCount: z.int().nonnegative(),
  imageCount: z.int().nonnegative(),
});

const calibrationSchema = z.object({
  dimension: dimensionSchema,
  slope: z.number(),
  intercept: z.number(),
  unfamiliarVariance: z.number(),
  /** Smallest, median and largest over domains. */
  hiddenShare: z.tuple([z.number(), z.number(), z.number()]),
  varianceScale: z.tuple([z.number(), z.number(), z.number()]),
});

export const unseenSourceSchema = z.object({
  source: z.string(),
  dimension: z.string(),
  requests: z.int(),
  scores: z.int(),
  familiarity: z.number(),
  brier: z.number(),
  averageBrier: z.number(),
  auc: z.number().optional(),
  coverage: z.number(),
});

/** `manifest.json` of a router artefact: what the model knows, what it was learned from, how good it is. */
export const manifestSchema = z.object({
  format: z.literal(1),
  /** First 12 hex digits of the SHA-256 of the ONNX file. */
  version: z.string().regex(/^[0-9a-f]{12}$/),
  onnx: z.object({ file: z.string().regex(/^[\w.-]+$/), sha256: z.string(), bytes: z.int().positive() }),
  features: z.object({ buckets: z.int().positive(), sideFeatures: z.array(z.string()), latent: z.int().positive() }),
  /** Dimensions with an output of their own, in the order of the graph's rows. */
  heads: z.array(dimensionSchema).min(1),
  /** `source|domain`, in the order of the graph's columns. */
  domains: z.array(z.string()).min(1),
  /** In the order of the graph's columns; scores and tokens are averages, blind to the request. */
  models: z
    .array(z.object({ name: z.string(), rows: z.int(), scores: scoresSchema, outputTokens: z.number().positive() }))
    .min(1),
  /** Per dimension: on how many prompts and single scores it stands. None: it stands on its stated prior. */
  dimensions: z.record(
    dimensionSchema,
    z.object({ basis: z.enum(['learned', 'prior']), rows: z.int(), scores: z.int() }),
  ),
  spread: z.string(),
  calibration: z.array(calibrationSchema),
  training: z.object({
    rows: z.int(),
    seed: z.int(),
    dataHash: z.string(),
    sources: z.array(
      z.object({ name: z.string(), rows: z.int(), licence: z.string().optional(), origin: z.string().optional() }),
    ),
  }),
  unseenSources: z.array(unseenSourceSchema),
  /** Absent until the artefact was evaluated on held-out rows. */
  evaluation: evaluationTableSchema.optional(),
  selfCheck: z
    .array(
      z.object({
        prompt: promptSchema,
        means: z.array(z.array(z.number())),
        spreads: z.array(z.array(z.number())),
        outputTokens: z.array(z.number()),
      }),
    )
    .min(1),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const MANIFEST_FILE = 'manifest.json';

/** Reads and checks `manifest.json` of an artefact folder. Throws an error that names the file and what is wrong. */
export async function readManifest(dir: string): Promise<Manifest> {
  const file = join(dir, MANIFEST_FILE);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`no router artefact at ${dir}: cannot read ${MANIFEST_FILE}`, { cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON`, { cause: error });
  }
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) throw new Error(`${file} is not a router manifest:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
