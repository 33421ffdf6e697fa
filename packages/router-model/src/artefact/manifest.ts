import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dimensionSchema, scoreEstimateSchema } from '@pointsman/contracts';
import { z } from 'zod';
import { evaluationTableSchema } from '../evaluation/evaluation-table.ts';
import { measuredSchema } from '../evaluation/measured.ts';
import { newcomerSchema } from '../prior/newcomer.ts';
import { promptSchema } from '../prompt.ts';
import { servingModeSchema } from '../serving/serving-mode.ts';

const scoresSchema = z.record(dimensionSchema, scoreEstimateSchema);

const fileSchema = z.object({ file: z.string().regex(/^[\w.-]+$/), sha256: z.string(), bytes: z.int().positive() });
export type ArtefactFile = z.infer<typeof fileSchema>;

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

/** How often held-out labelled prompts were recognised, with 95 % intervals. */
const recognitionSchema = z.object({
  prompts: z.int(),
  /** Among those given a label at all. */
  correct: measuredSchema,
  /** Share given a label rather than `unknown`. */
  labelled: z.number(),
});
export type Recognition = z.infer<typeof recognitionSchema>;

/** `manifest.json` of a router artefact: what the model knows, what it was learned from, how good it is. */
export const manifestSchema = z.object({
  format: z.literal(2),
  /** First 12 hex digits of the SHA-256 over the hashes of the files. */
  version: z.string().regex(/^[0-9a-f]{12}$/),
  /** The artefact this one was derived from by new answers rather than by training. */
  parent: z.string().optional(),
  files: z.object({ graph: fileSchema, models: fileSchema, trainedOn: fileSchema }),
  /** The text encoder in the folder `encoder`; absent where it did not earn its time. */
  encoder: z.object({ version: z.string(), width: z.int().positive() }).optional(),
  /** What the learned choice may use: see `servingModeSchema`. */
  mode: servingModeSchema,
  /** Why that mode, in a sentence; absent until a promotion judged it. */
  modeReason: z.string().optional(),
  features: z.object({
    buckets: z.int().positive(),
    sideFeatures: z.array(z.string()),
    /** What side features are on average in training, and one over their standard deviation (0: they never vary). */
    typical: z.object({ means: z.array(z.number()), inverseDeviations: z.array(z.number()) }).optional(),
    latent: z.int().positive(),
  }),
  /** Dimensions with an estimate of their own. */
  heads: z.array(dimensionSchema).min(1),
  /** `source|label`, in the order of the graph's columns. */
  kinds: z.array(z.string()).min(1),
  domains: z.array(z.string()),
  tasks: z.array(z.string()),
  recognition: z.object({ domains: recognitionSchema, tasks: recognitionSchema }).optional(),
  /** In the order of the model table; scores and tokens are averages, blind to the request. */
  models: z
    .array(z.object({ name: z.string(), rows: z.int(), scores: scoresSchema, outputTokens: z.number().positive() }))
    .min(1),
  /** Absent in artefacts written before models nobody evaluated had estimates of their own. */
  newcomer: newcomerSchema.optional(),
  /** Per dimension: on how many prompts and single scores it stands. None: it stands on its stated prior. */
  dimensions: z.record(
    dimensionSchema,
    z.object({ basis: z.enum(['learned', 'prior']), rows: z.int(), scores: z.int() }),
  ),
  spread: z.string(),
  training: z.object({
    rows: z.int(),
    seed: z.int(),
    dataHash: z.string(),
    sources: z.array(
      z.object({ name: z.string(), rows: z.int(), licence: z.string().optional(), origin: z.string().optional() }),
    ),
    /** What a text encoder changed in log loss on rows kept from it; absent when none was tried. */
    encoder: z
      .object({
        kindShare: z.number(),
        skillShare: z.number(),
        without: z.number(),
        difference: measuredSchema,
        rows: z.int(),
      })
      .optional(),
  }),
  unseenSources: z.array(unseenSourceSchema),
  /** Absent until the artefact was evaluated on held-out rows; a report of another shape counts as none. */
  evaluation: evaluationTableSchema.optional().catch(undefined),
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

/** The version of an artefact: whatever changes a prediction changes it. */
export function versionOf({ graph, models }: Manifest['files'], encoder = ''): string {
  return createHash('sha256').update(graph.sha256).update(models.sha256).update(encoder).digest('hex').slice(0, 12);
}

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
  const format = (value as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format !== 2)
    throw new Error(`${file} is of format ${format}; this version reads format 2: train the artefact again`);
  const parsed = manifestSchema.safeParse(value);
  if (!parsed.success) throw new Error(`${file} is not a router manifest:\n${firstProblems(parsed.error)}`);
  const { version, files, encoder } = parsed.data;
  const own = versionOf(files, encoder?.version);
  if (own !== version)
    throw new Error(
      `${file} says version ${version}, the files it lists make ${own}: it was edited, or two were mixed`,
    );
  return parsed.data;
}

/** A file of another kind breaks every rule at once: a few of them tell enough. */
const MOST_PROBLEMS = 5;

function firstProblems({ issues }: z.ZodError): string {
  const listed = issues.slice(0, MOST_PROBLEMS).map(({ path, message }) => `- ${path.join('.')}: ${message}`);
  const more = issues.length - listed.length;
  return [...listed, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
}
