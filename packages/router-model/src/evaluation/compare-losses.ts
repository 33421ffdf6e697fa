import { areaUnderCurve, brier, calibrationError, logLoss, meanOf } from '../mathematics/score-metrics.ts';
import type { Losses, Slice } from './evaluation-table.ts';
import type { HeldOutCell, HeldOutRequest } from './held-out-cell.ts';
import { pairedBootstrap } from './paired-bootstrap.ts';

type Predict = (cell: HeldOutCell) => number;
type Loss = (outcome: number, probability: number) => number;
export type Resampling = { resamples: number; random: () => number };

/** Losses of router and baselines over the given requests in one dimension; `undefined` when nothing was scored. */
export function compareLosses(
  requests: readonly HeldOutRequest[],
  dimension: string,
  source: string,
  resampling: Resampling,
): Slice | undefined {
  const perRequest = requests
    .filter(({ row }) => source === 'all' || row.source === source)
    .map(({ cells }) => cells.filter((cell) => cell.dimension === dimension))
    .filter((cells) => cells.length > 0);
  if (perRequest.length === 0) return undefined;
  const cells = perRequest.flat();
  const versus = (loss: Loss, baseline: Predict) =>
    pairedBootstrap(
      perRequest.map((own) => ({
        sum: own.reduce((sum, cell) => sum + loss(cell.outcome, cell.mean) - loss(cell.outcome, baseline(cell)), 0),
        count: own.length,
      })),
      resampling.resamples,
      resampling.random,
    );
  const byDomain: Predict = (cell) => cell.domainAverage;
  const globally: Predict = (cell) => cell.globalAverage;
  return {
    dimension,
    source,
    requests: perRequest.length,
    scores: cells.length,
    router: lossesOf(cells, (cell) => cell.mean),
    domainAverage: lossesOf(cells, byDomain),
    globalAverage: lossesOf(cells, globally),
    versusDomain: { logLoss: versus(logLoss, byDomain), brier: versus(brier, byDomain) },
    versusGlobal: { logLoss: versus(logLoss, globally), brier: versus(brier, globally) },
  };
}

function lossesOf(cells: readonly HeldOutCell[], predict: Predict): Losses {
  const outcomes = cells.map((cell) => cell.outcome);
  const predictions = cells.map(predict);
  const byModel = Map.groupBy(cells, (cell) => cell.model);
  const aucs = [...byModel.values()].flatMap((own) => {
    const auc = areaUnderCurve(own.map((cell) => cell.outcome), own.map(predict));
    return auc === undefined ? [] : [auc];
  });
  return {
    logLoss: meanOf(cells.map((cell) => logLoss(cell.outcome, predict(cell)))) ?? 0,
    brier: meanOf(cells.map((cell) => brier(cell.outcome, predict(cell)))) ?? 0,
    auc: meanOf(aucs),
    calibrationError: calibrationError(outcomes, predictions),
  };
}
