import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import {
  DIMENSIONS,
  type Dimension,
  dimensionSchema,
  type Message,
  messageSchema,
  type NanoUsd,
  nanoUsdFromUsd,
} from '@pointsman/contracts';
import { z } from 'zod';
import { type Prompt, promptOf } from './prompt.ts';

/** What is known of one model's reply to one prompt. Scores are in [0, 1]; a dimension nobody scored is absent. */
export type Observation = {
  model: string;
  scores: Partial<Record<Dimension, number>>;
  /** Output tokens; absent when nobody counted them. */
  outputTokens?: number | undefined;
  costNanoUsd?: NanoUsd | undefined;
};

/** One prompt with the observed replies of one or more models. */
export type TrainingRow = {
  id: string;
  /** The data set it comes from. */
  source: string;
  /** A label of what the prompt is about; absent when nobody labelled it. */
  domain?: string | undefined;
  split?: 'train' | 'dev' | undefined;
  prompt: Prompt;
  observations: Observation[];
  /** `file:line` it was read from. */
  place?: string | undefined;
};

const unit = z.number().min(0).max(1);

const benchmarkRowSchema = z.object({
  id: z.string(),
  source: z.string(),
  domain: z.string().optional(),
  quality_kind: z.string(),
  prompt: z.string(),
  n_tools: z.int().nonnegative().optional(),
  split: z.enum(['train', 'dev']).optional(),
  models: z.record(
    z.string(),
    z.object({
      q: unit,
      out_tok: z.number().nonnegative().optional(),
      cost: z.number().nonnegative().optional(),
    }),
  ),
});

const scoredReplySchema = z
  .object({
    id: z.string().optional(),
    source: z.string().default('own'),
    domain: z.string().optional(),
    split: z.enum(['train', 'dev']).optional(),
    prompt: z.string().optional(),
    messages: z.array(messageSchema).min(1).optional(),
    model: z.string().min(1),
    scores: z.partialRecord(dimensionSchema, unit),
    output_tokens: z.number().nonnegative().optional(),
  })
  .refine((row) => row.prompt !== undefined || row.messages !== undefined, 'needs prompt or messages');

/** What a judge's single 1-to-10 mark says something about: it is an overall judgement, not a check of facts. */
const JUDGED_DIMENSIONS: readonly Dimension[] = ['relevance', 'completeness', 'coherence'];
const CHECKED_DIMENSIONS: readonly Dimension[] = ['factual_accuracy'];

/**
 * Reads training rows from `.jsonl` and `.jsonl.gz` files, in order.
 * Accepts benchmark rows (`models: {name: {q, out_tok, cost}}`, `quality_kind`) and scored replies
 * (`{prompt | messages, model, scores, output_tokens}`).
 * Throws an error naming file and line when a line is neither.
 */
export async function* readRows(files: string[]): AsyncIterable<TrainingRow> {
  for (const file of files) {
    let lineNumber = 0;
    for await (const line of linesOf(file)) {
      lineNumber += 1;
      const place = `${file}:${lineNumber}`;
      if (line.trim() !== '') yield { ...parseRow(line, place), place };
    }
  }
}

async function* linesOf(file: string): AsyncIterable<string> {
  const bytes = createReadStream(file);
  const text = file.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  // A failed read must reach the reader; pipe() alone would leave the lines hanging.
  if (text !== bytes) bytes.once('error', (error) => text.destroy(error));
  yield* createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY });
}

function parseRow(line: string, place: string): TrainingRow {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new Error(`${place}: not JSON: ${String(error)}`);
  }
  const isBenchmark = typeof value === 'object' && value !== null && 'models' in value;
  const parsed = isBenchmark ? benchmarkRowSchema.safeParse(value) : scoredReplySchema.safeParse(value);
  if (!parsed.success) throw new Error(`${place}: ${z.prettifyError(parsed.error)}`);
  return 'models' in parsed.data ? fromBenchmark(parsed.data) : fromScoredReply(parsed.data);
}

function fromBenchmark(row: z.infer<typeof benchmarkRowSchema>): TrainingRow {
  const dimensions = row.quality_kind.startsWith('judge') ? JUDGED_DIMENSIONS : CHECKED_DIMENSIONS;
  const messages: Message[] = [{ role: 'user', content: row.prompt }];
  return {
    id: row.id,
    source: row.source,
    domain: row.domain,
    split: row.split,
    prompt: { ...promptOf({ model: 'auto', messages }), toolCount: row.n_tools ?? 0 },
    observations: Object.entries(row.models).map(([model, { q, out_tok, cost }]) => ({
      model,
      scores: Object.fromEntries(dimensions.map((dimension) => [dimension, q])),
      outputTokens: out_tok,
      costNanoUsd: cost === undefined ? undefined : nanoUsdFromUsd(cost),
    })),
  };
}

function fromScoredReply(row: z.infer<typeof scoredReplySchema>): TrainingRow {
  const messages: Message[] = row.messages ?? [{ role: 'user', content: row.prompt ?? '' }];
  return {
    id: row.id ?? `${row.source}:${contentHash(JSON.stringify(messages))}`,
    source: row.source,
    domain: row.domain,
    split: row.split,
    prompt: promptOf({ model: 'auto', messages }),
    observations: [{ model: row.model, scores: row.scores, outputTokens: row.output_tokens }],
  };
}

/** First 16 hex digits of the SHA-256 of a text. */
export function contentHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The dimensions in which at least one observation of the row has a score, in the order of `DIMENSIONS`. */
export function scoredDimensions(row: TrainingRow): Dimension[] {
  return DIMENSIONS.filter((dimension) =>
    row.observations.some((observation) => observation.scores[dimension] !== undefined),
  );
}
