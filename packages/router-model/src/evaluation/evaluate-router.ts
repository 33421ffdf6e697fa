import { readManifest } from '../artefact/manifest.ts';
import { readModelTable, readTrainedOn } from '../artefact/read-artefact.ts';
import type { TrainedOn } from '../artefact/trained-on.ts';
import { prepareModels } from '../model/estimate-models.ts';
import type { TrainingRow } from '../rows.ts';
import { SERVING_MODES } from '../serving/serving-mode.ts';
import { compareLosses } from './compare-losses.ts';
import type { EvaluationTable } from './evaluation-table.ts';
import { fitHashedRidge } from './hashed-ridge.ts';
import type { HeldOutRequest } from './held-out-cell.ts';
import { measureChoices } from './measure-choices.ts';
import { measureCoverage } from './measure-coverage.ts';
import { measurePair } from './measure-pairs.ts';
import { measureSavings } from './measure-savings.ts';
import { measureTokens } from './measure-tokens.ts';
import { poolsOf } from './pool-requests.ts';
import { predictHeldOut } from './predict-held-out.ts';
import { hashRows, splitRows } from './split-rows.ts';
import { sumBlockLosses } from './sum-block-losses.ts';
import { trainingAverages } from './training-averages.ts';

export type EvaluationOptions = {
  /** As in training; default 0.15. */
  holdout?: number | undefined;
  /** Bootstrap resamples; default 1,000. */
  resamples?: number | undefined;
  seed?: number | undefined;
  /** Folders of artefacts that must not have learned from the rows either, so that theirs can be compared. */
  unseenBy?: readonly string[] | undefined;
};

/**
 * Evaluates an artefact, through its ONNX graph, on the held-out part of the rows, without those it has learned from. The
 * training part of the same rows gives the baselines. Throws when nothing is left to measure on.
 */
export async function evaluateRouter(
  dir: string,
  rows: AsyncIterable<TrainingRow> | Iterable<TrainingRow>,
  options: EvaluationOptions = {},
): Promise<EvaluationTable> {
  const learned = await Promise.all([dir, ...(options.unseenBy ?? [])].map(trainedOnOf));
  const { train, held, leftOut } = await splitRows(rows, options.holdout ?? 0.15, learned);
  // Only here on demand: the gateway imports this package too, and must not carry the runtime on its main thread.
  const { openRouterSession } = await import('../serving/router-session.ts');
  const session = await openRouterSession(dir);
  const averages = trainingAverages(train);
  const models = prepareModels(await readModelTable(dir, session.manifest));
  const requests = await predictHeldOut(held, { session, models, averages, ridge: fitHashedRidge(train) });
  const { version, heads } = session.manifest;
  await session.release();
  if (requests.length === 0)
    throw new Error(`no held-out row scores a model the router knows; it knows ${someOf(models.names)}`);
  const resampling = { resamples: options.resamples ?? 1_000, seed: options.seed ?? 1 };
  const sources = ['all', ...sourcesOf(requests)];
  const pools = poolsOf(requests, averages);
  return {
    format: 2,
    version,
    requests: requests.length,
    data: { hash: hashRows(held), leftOut },
    slices: heads.flatMap((head) => sources.flatMap((s) => compareLosses(requests, head, s, resampling) ?? [])),
    coverage: SERVING_MODES.flatMap((mode) =>
      heads.flatMap((head) => measureCoverage(requests, head, mode, resampling) ?? []),
    ),
    tokens: measureTokens(requests, resampling),
    pairs: pools.flatMap((pool) => measurePair(pool, resampling) ?? []),
    savings: pools.flatMap((pool) => measureSavings(pool, resampling)),
    choices: measureChoices(pools, resampling),
    blocks: sumBlockLosses(requests),
  };
}

const MOST_NAMED = 5;

function someOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const trainedOnOf = async (dir: string): Promise<TrainedOn> => readTrainedOn(dir, await readManifest(dir));

const sourcesOf = (requests: readonly HeldOutRequest[]): Set<string> => new Set(requests.map(({ row }) => row.source));
