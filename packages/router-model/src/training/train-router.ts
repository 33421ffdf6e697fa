import { createHash } from 'node:crypto';
import type { Dimension, DimensionScores } from '@pointsman/contracts';
import { seededRandom } from '@pointsman/statistics';
import { featurise } from '../features/featurise.ts';
import { estimateModels, prepareModels } from '../model/estimate-models.ts';
import type { ModelTable } from '../model/model-standing.ts';
import { readRequest } from '../model/read-request.ts';
import type { RequestModel } from '../model/request-model.ts';
import { fitCatalogPrior } from '../prior/fit-catalog-prior.ts';
import type { Prompt } from '../prompt.ts';
import type { TrainingRow } from '../rows.ts';
import { averagesOf } from './average-estimates.ts';
import { calibrate } from './calibrate.ts';
import { fitEncoder } from './fit-encoder.ts';
import { encodeAll, type Fitting, fitKindHead, fitRouter, type RouterFit } from './fit-request.ts';
import { fitTaxonomy, type TaxonomyFit } from './fit-taxonomy.ts';
import type { Embeddings, TextGain } from './fit-text-heads.ts';
import { fitHeldOutParts, predictHeldOut } from './held-out-fits.ts';
import { isInSplit, prepareData, type TrainingData } from './prepare-data.ts';
import { type Settings, settingsFrom, type TrainingOptions } from './training-settings.ts';
import { type UnseenSource, unseenSources } from './unseen-sources.ts';
import { useTextEncoder } from './use-text-encoder.ts';

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
  /** What the text encoder changed on rows kept from it; absent when none was tried. `request.text` is there when it stayed. */
  encoderGain: TextGain | undefined;
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
  const labelled = settings.taxonomy.prompts.map(({ prompt }) => featurise(prompt, settings.buckets));
  const encoder = fitEncoder([...data.features, ...labelled], {
    buckets: settings.buckets,
    latent: settings.latent,
    random,
  });
  const fitting: Fitting = { data, encoder, ...encodeAll(data, encoder), seed: settings.seed };
  const parts = fitHeldOutParts(fitting, settings);
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
  router.models.catalogPrior = fitCatalogPrior(router.models, settings.catalog);
  const { domainHead, taskHead, recognition } = fitTaxonomy(fitting, settings.taxonomy);
  Object.assign(router.request, { domainHead, taskHead });
  router.models.heads.forEach((head, h) => {
    head.calibration = calibrate(folds[h] ?? [], strangers[h] ?? [], data.kinds.length);
  });
  const tried =
    settings.textEncoder === undefined
      ? undefined
      : await useTextEncoder(fitting, settings.textEncoder, { router, parts });
  return {
    ...router,
    encoderGain: tried?.gain,
    recognition,
    trainedRows: data.rows,
    averages: averagesOf(router.models),
    ...describeData(data, settings.sourceNotes),
    seed: settings.seed,
    unseenSources: unseenSources(data, router, strangers),
    selfCheck: selfChecks(fitting, router, tried?.embeddings),
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

function selfChecks(
  { data, requests }: Fitting,
  { request, models }: RouterFit,
  embeddings?: Embeddings,
): TrainingResult['selfCheck'] {
  const prepared = prepareModels(models);
  const stride = Math.max(1, Math.floor(data.rows.length / SELF_CHECKS));
  return Array.from({ length: Math.min(SELF_CHECKS, data.rows.length) }, (_, n) => n * stride).flatMap((r) => {
    const [row, encoded] = [data.rows[r], requests[r]];
    if (row === undefined || encoded === undefined) return [];
    const reading = readRequest(request, encoded, embeddings?.vectors[r]);
    const { means, spreads, outputTokens } = estimateModels(prepared, reading);
    return {
      prompt: row.prompt,
      means: means.map((values) => [...values]),
      spreads: spreads.map((values) => [...values]),
      outputTokens: [...outputTokens],
    };
  });
}
