import { bootstrapInterval, mean } from '@pointsman/statistics';
import { calibrationGap, logLoss, rankingSkill, squaredError } from '../mathematics/score-metrics.ts';
import { type Losses, type Measured, measuredFrom, type Slice } from './evaluation-table.ts';
import type { HeldOutCell, HeldOutRequest } from './held-out-cell.ts';

type Predict = (cell: HeldOutCell) => number;
type Loss = (outcome: number, probability: number) => number;
export type Resampling = { resamples: number; seed: number };

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
  const versus = (loss: Loss, baseline: Predict): Measured => {
    // Whole requests are resampled: the scores of one request share its difficulty.
    const differences = perRequest.map((own) => ({
      sum: own.reduce((sum, cell) => sum + loss(cell.outcome, cell.mean) - loss(cell.outcome, baseline(cell)), 0),
      count: own.length,
    }));
    return measuredFrom(bootstrapInterval(differences, meanDifference, resampling));
  };
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
    versusDomain: { logLoss: versus(logLoss, byDomain), brier: versus(squaredError, byDomain) },
    versusGlobal: { logLoss: versus(logLoss, globally), brier: versus(squaredError, globally) },
  };
}

function meanDifference(rows: readonly { sum: number; count: number }[]): number {
  let sum = 0;
  let count = 0;
  for (const row of rows) {
    sum += row.sum;
    count += row.count;
  }
  return sum / count;
}

function lossesOf(cells: readonly HeldOutCell[], predict: Predict): Losses {
  const outcomes = cells.map((cell) => cell.outcome);
  const predictions = cells.map(predict);
  const byModel = Map.groupBy(cells, (cell) => cell.model);
  const aucs = [...byModel.values()].flatMap((own) => {
    const auc = rankingSkill(
      own.map((cell) => cell.outcome),
      own.map(predict),
    );
    return auc === undefined ? [] : [auc];
  });
  return {
    logLoss: mean(cells.map((cell) => logLoss(cell.outcome, predict(cell)))),
    brier: mean(cells.map((cell) => squaredError(cell.outcome, predict(cell)))),
    auc: aucs.length === 0 ? undefined : mean(aucs),
    calibrationError: calibrationGap(outcomes, predictions),
  };
}
