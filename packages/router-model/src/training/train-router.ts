import { createHash } from 'node:crypto';
import type { Dimension, DimensionScores } from '@pointsman/contracts';
import { seededRandom } from '@pointsman/statistics';
import { featurise } from '../features/featurise.ts';
import { estimateModels, prepareModels } from '../model/estimate-models.ts';
import type { ModelTable } from '../model/model-standing.ts';
import { readRequest } from '../model/read-request.ts';
import type { RequestModel } from '../model/request-model.ts';
import type { Prompt } from '../prompt.ts';
import type { TrainingRow } from '../rows.ts';
import type { LabelledPrompt } from '../taxonomy/read-labelled-prompts.ts';
import { averagesOf } from './average-estimates.ts';
import { calibrate } from './calibrate.ts';
import { fitEncoder } from './fit-encoder.ts';
import { encodeAll, type Fitting, fitKindHead, fitRouter, type RouterFit } from './fit-request.ts';
import { fitTaxonomy, type TaxonomyFit } from './fit-taxonomy.ts';
import { fitHeldOutParts, predictHeldOut } from './held-out-fits.ts';
import { isInSplit, prepareData, type SplitOptions, type TrainingData } from './prepare-data.ts';
import { type UnseenSource, unseenSources } from './unseen-sources.ts';

export type TrainingOptions = {
  /** Same rows, options and seed: same artefact, to the byte. */
  seed?: number | undefined;
  /** Which rows to learn from; default `train`. */
  split?: SplitOptions['split'] | undefined;
  /** Share of near-duplicate groups held out among rows without a split of their own; default 0.15. */
  holdout?: number | undefined;
  /** Models with fewer scored rows get no column; default 100. */
  minModelRows?: number | undefined;
  /** Models to leave out; default those called `-base`, which do not chat. */
  excludeModels?: RegExp | undefined;
  /** Buckets of the hashing, a power of two; default 16,384. */
  buckets?: number | undefined;
  /** Dimensions of the text projection; default 96. */
  latent?: number | undefined;
  /** Folds of cross-fitting; default 4. */
  folds?: number | undefined;
  /** Licence and origin of the sources, by name, for the manifest. */
  sourceNotes?: Record<string, { licence: string; origin: string }> | undefined;
  /** Prompts with domain and task, to learn naming those; none by default. */
  labelledPrompts?: readonly LabelledPrompt[] | undefined;
  /** Told what is being done, in words. */
  onProgress?: ((message: string) => void) | undefined;
};

/** What is known of one model apart from any request. */
export type ModelAverage = {
  name: string;
  /** Prompts with at least one score. */
  rows: number;
  scores: DimensionScores;
  outputTokens: number;
};

export type TrainingResult = {
  request: RequestModel;
  models: ModelTable;
  /** Blind to the request, in the order of the table. */
  averages: ModelAverage[];
  /** How well domain and task of labelled prompts are recognised; absent without such prompts. */
  recognition: TaxonomyFit['recognition'];
  trainedRows: readonly TrainingRow[];
  /** Per dimension: prompts and single scores learned from; absent when the dimension rests on its stated prior. */
  evidence: Partial<Record<Dimension, { rows: number; scores: number }>>;
  sources: { name: string; rows: number; licence?: string | undefined; origin?: string | undefined }[];
  rows: number;
  /** SHA-256 over the rows learned from, in order. */
  dataHash: string;
  seed: number;
  unseenSources: UnseenSource[];
  /** Prompts with what the JavaScript forward pass says of them; the ONNX graph must agree. */
  selfCheck: { prompt: Prompt; means: number[][]; spreads: number[][]; outputTokens: number[] }[];
};

type Settings = { [K in keyof TrainingOptions]-?: Exclude<TrainingOptions[K], undefined> };

const settingsFrom = (options: TrainingOptions): Settings => ({
  seed: options.seed ?? 1,
  split: options.split ?? 'train',
  holdout: options.holdout ?? 0.15,
  minModelRows: options.minModelRows ?? 100,
  excludeModels: options.excludeModels ?? /-base$/,
  buckets: options.buckets ?? 16_384,
  latent: options.latent ?? 96,
  folds: options.folds ?? 4,
  sourceNotes: options.sourceNotes ?? {},
  labelledPrompts: options.labelledPrompts ?? [],
  onProgress: options.onProgress ?? (() => undefined),
});

const SELF_CHECKS = 4;

/**
 * Trains a router from scored replies. Pure computation on one core: minutes for 20,000 prompts x 100 models.
 * Throws when fewer than two prompts per fold or no model with enough rows are left.
 */
export async function trainRouter(
  rows: AsyncIterable<TrainingRow> | Iterable<TrainingRow>,
  options: TrainingOptions = {},
): Promise<TrainingResult> {
  const settings = settingsFrom(options);
  const { onProgress } = settings;
  const chosen: TrainingRow[] = [];
  for await (const row of rows) if (isInSplit(row, settings)) chosen.push(row);
  const data = prepareData(chosen, settings);
  onProgress(
    `learning from ${data.rows.length} prompts, ${data.models.length} models, ${data.kinds.length} kinds of request`,
  );
  const random = seededRandom(settings.seed);
  const labelled = settings.labelledPrompts;
  const vocabularyOf = labelled.map(({ prompt }) => featurise(prompt, settings.buckets));
  const encoder = fitEncoder([...data.features, ...vocabularyOf], {
    buckets: settings.buckets,
    latent: settings.latent,
    random,
  });
  const fitting: Fitting = { data, encoder, ...encodeAll(data, encoder), seed: settings.seed };
  const parts = fitHeldOutParts(fitting, settings.folds, onProgress);
  onProgress('calibrating on held-out folds and sources');
  const folds = predictHeldOut(fitting, parts, parts.folds);
  const strangers = predictHeldOut(fitting, parts, parts.sources);
  onProgress('fitting on everything');
  const everything = Int32Array.from(data.rows.keys());
  const router = fitRouter(fitting, {
    kindHead: fitKindHead(fitting, everything),
    rows: everything,
    probabilities: parts.probabilities,
    familiarity: parts.familiarity,
  });
  const { domainHead, taskHead, recognition } = fitTaxonomy(fitting, labelled);
  Object.assign(router.request, { domainHead, taskHead });
  router.models.heads.forEach((head, h) => {
    head.calibration = calibrate(folds[h] ?? [], strangers[h] ?? [], data.kinds.length);
  });
  return {
    ...router,
    recognition,
    trainedRows: data.rows,
    averages: averagesOf(router.models),
    ...describeData(data, settings.sourceNotes),
    seed: settings.seed,
    unseenSources: unseenSources(data, router, strangers),
    selfCheck: selfChecks(fitting, router),
  };
}

function describeData(
  data: TrainingData,
  notes: Settings['sourceNotes'],
): Pick<TrainingResult, 'evidence' | 'sources' | 'rows' | 'dataHash'> {
  const evidence: TrainingResult['evidence'] = {};
  for (const [dimension, cells] of data.scores) {
    const rows = new Set(cells.byModel.flatMap((model) => [...model.rows]));
    evidence[dimension] = { rows: rows.size, scores: cells.count };
  }
  const hash = createHash('sha256');
  for (const { id, prompt, observations } of data.rows) hash.update(JSON.stringify([id, prompt, observations]));
  const sources = data.sources.map((name, s) => ({
    name,
    rows: data.sourceOf.filter((source) => source === s).length,
    ...notes[name],
  }));
  return { evidence, sources, rows: data.rows.length, dataHash: hash.digest('hex') };
}

function selfChecks({ data, requests }: Fitting, { request, models }: RouterFit): TrainingResult['selfCheck'] {
  const prepared = prepareModels(models);
  const stride = Math.max(1, Math.floor(data.rows.length / SELF_CHECKS));
  return Array.from({ length: Math.min(SELF_CHECKS, data.rows.length) }, (_, n) => n * stride).flatMap((r) => {
    const [row, encoded] = [data.rows[r], requests[r]];
    if (row === undefined || encoded === undefined) return [];
    const reading = readRequest(request, encoded);
    const { means, spreads, outputTokens } = estimateModels(prepared, reading);
    return {
      prompt: row.prompt,
      means: means.map((values) => [...values]),
      spreads: spreads.map((values) => [...values]),
      outputTokens: [...outputTokens],
    };
  });
}
