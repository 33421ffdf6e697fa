import { DIMENSIONS } from '@pointsman/contracts';
import { at } from '../mathematics/matrix.ts';
import type { TrainingRow } from '../rows.ts';
import type { RawPrediction, RouterSession } from '../serving/router-session.ts';
import { isInSplit } from '../training/prepare-data.ts';
import { compareLosses } from './compare-losses.ts';
import type { EvaluationTable } from './evaluation-table.ts';
import { domainKey, type HeldOutCell, type HeldOutRequest } from './held-out-cell.ts';
import { measureCoverage } from './measure-coverage.ts';
import { measurePair } from './measure-pairs.ts';
import { measureSavings } from './measure-savings.ts';
import { measureTokens } from './measure-tokens.ts';
import { poolsOf } from './pool-requests.ts';
import { type TrainingAverages, trainingAverages } from './training-averages.ts';

export type EvaluationOptions = {
  /** As in training; default 0.15. */
  holdout?: number | undefined;
  /** Bootstrap resamples; default 1,000. */
  resamples?: number | undefined;
  seed?: number | undefined;
};

/**
 * Evaluates an artefact, through its ONNX graph, on the held-out part of the rows. The training part of the same rows
 * gives the baselines. Throws when nothing is held out.
 */
export async function evaluateRouter(
  dir: string,
  rows: AsyncIterable<TrainingRow> | Iterable<TrainingRow>,
  options: EvaluationOptions = {},
): Promise<EvaluationTable> {
  const holdout = options.holdout ?? 0.15;
  const train: TrainingRow[] = [];
  const held: TrainingRow[] = [];
  for await (const row of rows) (isInSplit(row, { split: 'dev', holdout }) ? held : train).push(row);
  const averages = trainingAverages(train);
  // Only here on demand: the gateway imports this package too, and must not carry the runtime on its main thread.
  const { openRouterSession } = await import('../serving/router-session.ts');
  const session = await openRouterSession(dir);
  const requests: HeldOutRequest[] = [];
  for (const row of held) {
    const request = heldOutRequest(row, session, await session.run(row.prompt), averages);
    if (request.cells.length > 0 || request.tokens.length > 0) requests.push(request);
  }
  const { version, heads } = session.manifest;
  await session.release();
  if (requests.length === 0) throw new Error('no held-out row scores a model the router knows');
  const resampling = { resamples: options.resamples ?? 1_000, seed: options.seed ?? 1 };
  const sources = ['all', ...new Set(requests.map(({ row }) => row.source))];
  const pools = poolsOf(requests, averages);
  return {
    version,
    requests: requests.length,
    slices: heads.flatMap((head) => sources.flatMap((s) => compareLosses(requests, head, s, resampling) ?? [])),
    coverage: heads.flatMap((head) => measureCoverage(requests, head) ?? []),
    tokens: measureTokens(requests),
    pairs: pools.flatMap((pool) => measurePair(pool) ?? []),
    savings: pools.flatMap((pool) => measureSavings(pool)),
  };
}

function heldOutRequest(
  row: TrainingRow,
  { manifest }: RouterSession,
  raw: RawPrediction,
  averages: TrainingAverages,
): HeldOutRequest {
  const columns = manifest.models.length;
  const columnOf = new Map(manifest.models.map(({ name }, index) => [name, index]));
  const cells: HeldOutCell[] = [];
  const tokens: HeldOutRequest['tokens'] = [];
  for (const { model, scores, outputTokens, costNanoUsd } of row.observations) {
    const column = columnOf.get(model);
    if (column === undefined) continue;
    for (const dimension of DIMENSIONS) {
      const outcome = scores[dimension];
      const head = manifest.heads.indexOf(dimension);
      if (outcome === undefined || head < 0) continue;
      cells.push({
        model,
        dimension,
        outcome,
        mean: at(raw.means, head * columns + column),
        spread: at(raw.spreads, head * columns + column),
        domainAverage: averages.inDomain(model, dimension, row),
        globalAverage: averages.overall(model, dimension),
        costNanoUsd,
      });
    }
    const average = averages.tokens(model);
    if (outputTokens !== undefined && average !== undefined)
      tokens.push({ observed: outputTokens, predicted: at(raw.outputTokens, column), average });
  }
  return { row, domain: domainKey(row), cells, tokens };
}
