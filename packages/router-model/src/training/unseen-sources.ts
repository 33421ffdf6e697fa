import { mean as meanOf } from '@pointsman/statistics';
import { clippedLogit, sigmoid } from '../mathematics/logistic.ts';
import { at, dot } from '../mathematics/matrix.ts';
import { rankingSkill, squaredError } from '../mathematics/score-metrics.ts';
import type { RouterFit } from './fit-request.ts';
import type { RowPrediction } from './held-out-fits.ts';
import type { TrainingData } from './prepare-data.ts';
import { isCovered, luckShare, type RequestError, requestError } from './request-errors.ts';

/** How the router did on a whole source it had not learned from (text features apart, which see no scores). */
export type UnseenSource = {
  source: string;
  dimension: string;
  requests: number;
  scores: number;
  /** Mean familiarity it gave these requests. */
  familiarity: number;
  brier: number;
  /** Of each model's average over the other sources; what a router blind to the request would say. */
  averageBrier: number;
  /** Mean over models of the area under the curve; 0.5 is blind. Absent when no model has both outcomes. */
  auc?: number | undefined;
  /** Share of requests whose mean outcome lies in the 90 % interval. */
  coverage: number;
};

/** Sums up predictions of sources that were held out whole; only models seen in some other source count. */
export function unseenSources(
  data: TrainingData,
  router: RouterFit,
  perHead: readonly (readonly RowPrediction[])[],
): UnseenSource[] {
  return router.models.heads.flatMap((head, h) =>
    data.sources.flatMap((source, s) => {
      const averages = averagesWithout(data, h, s);
      const predictions = (perHead[h] ?? [])
        .filter(({ row }) => data.sourceOf[row] === s)
        .map((prediction) => onlyKnownModels(prediction, averages))
        .filter(({ models }) => models.length > 0)
        .map((prediction) => recalibrated(prediction, router, h));
      return predictions.length === 0 ? [] : [describe(source, head.dimension, predictions, averages)];
    }),
  );
}

function averagesWithout(data: TrainingData, head: number, source: number): (number | undefined)[] {
  const cells = [...data.scores.values()][head];
  return (cells?.byModel ?? []).map(({ rows, values }) =>
    definedMean([...values].filter((_, n) => data.sourceOf[at(rows, n)] !== source)),
  );
}

function onlyKnownModels(prediction: RowPrediction, averages: readonly (number | undefined)[]): RowPrediction {
  const kept = prediction.models.flatMap((model, n) => (averages[model] === undefined ? [] : [n]));
  const pick = (values: readonly number[]): number[] => kept.map((n) => at(values, n));
  return {
    ...prediction,
    models: pick(prediction.models),
    outcomes: pick(prediction.outcomes),
    means: pick(prediction.means),
    spreads: pick(prediction.spreads),
  };
}

function recalibrated(prediction: RowPrediction, { models }: RouterFit, h: number): RowPrediction {
  const calibration = models.heads[h]?.calibration;
  if (calibration === undefined) return prediction;
  // The kind of an unseen source has no calibration of its own: the typical one stands in.
  const hidden = dot(models.fallbackKinds, calibration.hiddenShare);
  const scale = dot(models.fallbackKinds, calibration.varianceScale);
  const strange = (1 - prediction.familiarity) * calibration.unfamiliarVariance;
  const means = prediction.means.map((mean) => sigmoid(calibration.intercept + calibration.slope * clippedLogit(mean)));
  const spreads = prediction.spreads.map((spread, n) => {
    const p = at(means, n);
    return Math.sqrt(scale * (spread * spread + hidden * p * (1 - p) + strange));
  });
  return { ...prediction, means, spreads };
}

function describe(
  source: string,
  dimension: string,
  predictions: readonly RowPrediction[],
  averages: readonly (number | undefined)[],
): UnseenSource {
  const cells = predictions.flatMap(({ models, outcomes, means }) =>
    models.map((model, n) => ({
      model,
      outcome: at(outcomes, n),
      mean: at(means, n),
      average: averages[model] ?? 0.5,
    })),
  );
  const errors = predictions.map(
    ({ outcomes, means, spreads }): RequestError => requestError(outcomes, means, spreads),
  );
  const luck = luckShare(errors);
  const aucs = [...new Set(cells.map(({ model }) => model))].flatMap((model) => {
    const own = cells.filter((cell) => cell.model === model);
    const auc = rankingSkill(
      own.map((cell) => cell.outcome),
      own.map((cell) => cell.mean),
    );
    return auc === undefined ? [] : [auc];
  });
  return {
    source,
    dimension,
    requests: predictions.length,
    scores: cells.length,
    familiarity: meanOf(predictions.map(({ familiarity }) => familiarity)),
    brier: meanOf(cells.map(({ outcome, mean }) => squaredError(outcome, mean))),
    averageBrier: meanOf(cells.map(({ outcome, average }) => squaredError(outcome, average))),
    auc: definedMean(aucs),
    coverage: errors.filter((error) => isCovered(error, luck)).length / errors.length,
  };
}

const definedMean = (values: readonly number[]): number | undefined =>
  values.length === 0 ? undefined : meanOf(values);
