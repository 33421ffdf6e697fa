import { mean } from '@pointsman/statistics';
import { logLoss, squaredError } from '../mathematics/score-metrics.ts';
import { bootstrapFigures, numberGroups, type Resampling } from './bootstrap-figures.ts';
import type { Losses, Slice } from './evaluation-table.ts';
import { type HeldOutCell, type HeldOutRequest, PREDICTOR_NAMES, PREDICTORS, type Predictor } from './held-out-cell.ts';
import { type Ranking, rankingOf, weightedAuc, weightedCalibrationGap } from './weighted-ranking.ts';
import { addToGroup, emptySums, type GroupSums, weightedTotals } from './weighted-sums.ts';

type GroupedCell = { group: number; cell: HeldOutCell };

/** Losses of router and baselines over the given requests in one dimension; `undefined` when nothing was scored. */
export function compareLosses(
  requests: readonly HeldOutRequest[],
  dimension: string,
  source: string,
  resampling: Resampling,
): Slice | undefined {
  const scored = requests
    .filter(({ row }) => source === 'all' || row.source === source)
    .map(({ group, cells }) => ({ group, cells: cells.filter((cell) => cell.dimension === dimension) }))
    .filter(({ cells }) => cells.length > 0);
  if (scored.length === 0) return undefined;
  const groups = numberGroups(scored.map(({ group }) => group));
  const cells = scored.flatMap(({ cells: own }, n) => own.map((cell) => ({ group: groups.of[n] ?? 0, cell })));
  const sums = sumLosses(cells, groups.count);
  const rankings = PREDICTOR_NAMES.map((name) => rankingsByModel(cells, name));
  const calibration = rankingOf(
    cells.map(({ group, cell }) => ({ outcome: cell.outcome, prediction: PREDICTORS.router(cell), group })),
  );
  const figures = bootstrapFigures(
    groups.count,
    (weights) => ({
      ...meanLosses(sums, weights),
      ...aucFigures(rankings, weights),
      calibrationError: weightedCalibrationGap(calibration, weights),
    }),
    resampling,
  );
  const losses = (name: Predictor): Losses => ({
    logLoss: figures[`logLoss ${name}`],
    brier: figures[`brier ${name}`],
    auc: figures[`auc ${name}`],
  });
  const versus = (name: Predictor): Slice['versusGlobal'] => ({
    logLoss: figures[`logLoss router - ${name}`],
    brier: figures[`brier router - ${name}`],
  });
  return {
    dimension,
    source,
    requests: scored.length,
    scores: cells.length,
    router: { ...losses('router'), calibrationError: figures.calibrationError },
    kindAverages: losses('kindAverages'),
    domainAverage: losses('domainAverage'),
    hashedRidge: losses('hashedRidge'),
    globalAverage: losses('globalAverage'),
    versusKinds: versus('kindAverages'),
    versusDomain: versus('domainAverage'),
    versusRidge: versus('hashedRidge'),
    versusGlobal: versus('globalAverage'),
  };
}

const LOSSES = { logLoss, brier: squaredError } as const;
type Loss = keyof typeof LOSSES;
const LOSS_NAMES = Object.keys(LOSSES) as Loss[];

/** Per group the number of scores, then each predictor's losses. */
function sumLosses(cells: readonly GroupedCell[], groups: number): GroupSums {
  const sums = emptySums(groups, 1 + PREDICTOR_NAMES.length * LOSS_NAMES.length);
  for (const { group, cell } of cells) {
    const losses = PREDICTOR_NAMES.flatMap((name) => {
      const predicted = PREDICTORS[name](cell);
      return LOSS_NAMES.map((loss) => LOSSES[loss](cell.outcome, predicted));
    });
    addToGroup(sums, group, [1, ...losses]);
  }
  return sums;
}

type LossFigure = `${Loss} ${Predictor}` | `${Loss} router - ${Predictor}`;

function meanLosses(sums: GroupSums, weights: Float64Array): Record<LossFigure, number> {
  const [scores = 0, ...losses] = weightedTotals(sums, weights);
  const lossOf = (predictor: number, loss: number): number =>
    (losses[predictor * LOSS_NAMES.length + loss] ?? 0) / scores;
  const router = PREDICTOR_NAMES.indexOf('router');
  const entries = PREDICTOR_NAMES.flatMap((name, p) =>
    LOSS_NAMES.flatMap((loss, l) => [
      [`${loss} ${name}`, lossOf(p, l)],
      [`${loss} router - ${name}`, lossOf(router, l) - lossOf(p, l)],
    ]),
  );
  return Object.fromEntries(entries) as Record<LossFigure, number>;
}

function rankingsByModel(cells: readonly GroupedCell[], predictor: Predictor): Ranking[] {
  const predict = PREDICTORS[predictor];
  return [...Map.groupBy(cells, ({ cell }) => cell.model).values()].map((own) =>
    rankingOf(own.map(({ group, cell }) => ({ group, outcome: cell.outcome, prediction: predict(cell) }))),
  );
}

function aucFigures(
  rankings: readonly Ranking[][],
  weights: Float64Array,
): Record<`auc ${Predictor}`, number | undefined> {
  const entries = PREDICTOR_NAMES.map((name, p) => {
    const aucs = (rankings[p] ?? []).flatMap((ranking) => weightedAuc(ranking, weights) ?? []);
    return [`auc ${name}`, aucs.length === 0 ? undefined : mean(aucs)];
  });
  return Object.fromEntries(entries) as Record<`auc ${Predictor}`, number | undefined>;
}
