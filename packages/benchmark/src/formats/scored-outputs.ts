import { dimensionSchema, messageSchema } from '@pointsman/contracts';
import { z } from 'zod';
import { explainIssues } from './explain-issues.ts';
import { jsonRecords } from './json-document.ts';
import { isJsonObject, type JsonObject } from './json-lines.ts';
import { firstFilterOnly, lmEvalSample, taskOf } from './lm-eval-sample.ts';
import { askedMessages, type HostedEval, hostedEvalOf, itemOf } from './openai-hosted.ts';
import type { Content } from './read-options.ts';
import { badRow, type Row } from './row.ts';

const unit = z.number().min(0).max(1);

/** Prompt, model and scores of its reply: what the router is trained on and judges are calibrated with. */
export const scoredOutputSchema = z
  .object({
    id: z.string().optional(),
    source: z.string().optional(),
    domain: z.string().optional(),
    split: z.enum(['train', 'dev']).optional(),
    prompt: z.string().optional(),
    messages: z.array(messageSchema).min(1).optional(),
    model: z.string().min(1),
    scores: z.partialRecord(dimensionSchema, unit),
    output_tokens: z.number().nonnegative().optional(),
  })
  .refine(({ prompt, messages }) => prompt !== undefined || messages !== undefined, 'needs prompt or messages');
export type ScoredOutput = z.infer<typeof scoredOutputSchema>;

export type ScoresOptions = {
  file: string;
  /** Who replied, where the file does not say. */
  model?: string | undefined;
};

/** Scored outputs in our own words, a line each. */
export function* readScoredOutputs(content: Content, { file, model }: ScoresOptions): Iterable<Row<ScoredOutput>> {
  for (const row of jsonRecords(content, file))
    yield row.ok ? validated({ ...(model === undefined ? {} : { model }), ...row.value }, row.place) : row;
}

export const writeScoredOutputs = (outputs: readonly ScoredOutput[]): string =>
  outputs.map((output) => `${JSON.stringify(output)}\n`).join('');

/** The scores of a log of lm-evaluation-harness: its first metric that lies in [0, 1] is a score of facts. */
export function* readLmEvalScores(content: Content, { file, model }: ScoresOptions): Iterable<Row<ScoredOutput>> {
  const source = taskOf(file);
  const isWanted = firstFilterOnly();
  for (const row of jsonRecords(content, file)) {
    if (!row.ok) yield row;
    else if (isWanted(row.value)) yield scoresOfSample(row.value, source, model, row.place);
  }
}

function scoresOfSample(row: JsonObject, source: string, model: string | undefined, place: string): Row<ScoredOutput> {
  if (model === undefined) return badRow(place, 'a log does not say which model replied: name it (--model)');
  const sample = lmEvalSample(row);
  const score = metricOf(row);
  if (sample === undefined || score === undefined)
    return badRow(place, 'is no scored line of a log: it needs doc_id, target, arguments and a metric between 0 and 1');
  const { docId, messages } = sample;
  return validated({ id: `${source}-${docId}`, source, messages, model, scores: { factual_accuracy: score } }, place);
}

/** Older versions do not list the metrics of a row; these are the usual ones. */
const METRICS = ['exact_match', 'acc', 'acc_norm', 'pass@1', 'f1', 'em', 'score'];

function metricOf(row: JsonObject): number | undefined {
  const names = Array.isArray(row.metrics) ? row.metrics.map(String) : METRICS;
  const values = names.map((name) => (typeof row[name] === 'boolean' ? Number(row[name]) : row[name]));
  return values.map((value) => unit.safeParse(value)).find(({ success }) => success)?.data;
}

/** The scores of graded outputs of OpenAI's hosted evals: the mean of the graders. */
export function* readOpenAiHostedScores(content: Content, { file, model }: ScoresOptions): Iterable<Row<ScoredOutput>> {
  const hosted = hostedEvalOf(content, file);
  for (const row of hosted.items) yield row.ok ? scoresOfItem(row.value, hosted, model, row.place) : row;
}

function scoresOfItem(
  row: JsonObject,
  hosted: HostedEval,
  model: string | undefined,
  place: string,
): Row<ScoredOutput> {
  const item = itemOf(row);
  const graders: unknown[] = Array.isArray(row.results) ? row.results : [];
  const scores = graders.flatMap((grader) => (isJsonObject(grader) ? scoreOfGrader(grader) : []));
  if (item === undefined || scores.length === 0)
    return badRow(place, 'is no graded output: it needs datasource_item and results');
  const sample = isJsonObject(row.sample) ? row.sample : {};
  const usage = isJsonObject(sample.usage) ? sample.usage : {};
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const output = {
    id: typeof row.id === 'string' ? row.id : undefined,
    source: typeof row.eval_id === 'string' ? row.eval_id : undefined,
    messages: askedMessages(row, item, hosted),
    model: sample.model ?? model,
    scores: { factual_accuracy: mean },
    output_tokens: usage.completion_tokens,
  };
  return validated(Object.fromEntries(Object.entries(output).filter(([, value]) => value !== undefined)), place);
}

const scoreOfGrader = ({ score, passed }: JsonObject): number[] => {
  const parsed = unit.safeParse(score);
  if (parsed.success) return [parsed.data];
  return typeof passed === 'boolean' ? [passed ? 1 : 0] : [];
};

function validated(value: JsonObject, place: string): Row<ScoredOutput> {
  const parsed = scoredOutputSchema.safeParse(value);
  return parsed.success
    ? { ok: true, value: parsed.data, place, warnings: [] }
    : badRow(place, explainIssues(parsed.error, value));
}

export type ScoreFormat = { read(content: Content, options: ScoresOptions): Iterable<Row<ScoredOutput>> };

/** Every format that scores are read from, by the name the command line knows it by. */
export const SCORE_FORMATS = {
  'scored-outputs': { read: readScoredOutputs },
  'lm-eval': { read: readLmEvalScores },
  'openai-hosted': { read: readOpenAiHostedScores },
} as const satisfies Record<string, ScoreFormat>;
export type ScoreFormatName = keyof typeof SCORE_FORMATS;

export const SCORE_FORMAT_NAMES = Object.keys(SCORE_FORMATS) as ScoreFormatName[];
