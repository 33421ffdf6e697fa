import type { Dimension } from '@pointsman/contracts';
import { clippedLogit, sigmoid } from '../mathematics/logistic.ts';
import type { Normal } from '../model/normal.ts';
import { type Believe, type DecisionCounts, keyOf, type Unknown } from './count-decisions.ts';
import { type LogisticRow, ridgeLogistic } from './ridge-logistic.ts';
import type { ScoredDecision } from './scored-decision.ts';

/** What the decisions say of all they can tell about, and what would be predicted of each now. */
export type DecisionFit = { found: readonly Found[]; predicted: readonly number[] };
export type Found = { unknown: Unknown; posterior: Normal };

export type Beliefs = {
  believe: Believe;
  /** The slope that calibrated the predictions; shifts come before it. */
  servedSlope(dimension: Dimension): number;
};

/** Shifts count times the slope that is fitted with them; the third round changes nothing to speak of. */
const ROUNDS = 3;
/** Where predictions say the opposite of what happens they are worth nothing, and are not turned round. */
const NO_SLOPE: Normal = { mean: 0, variance: 1e-9 };

/**
 * Fits, to the scores of decisions, `log odds = intercept + slope * predicted log odds + shifts * served slope * slope`:
 * a recalibration of each dimension with enough decisions, and shifts of ability of models, of models on kinds of
 * request and of models at clients, drawn to what was believed of them.
 */
export function fitDecisions(
  decisions: readonly ScoredDecision[],
  counts: DecisionCounts,
  { servedSlope, believe }: Beliefs,
): DecisionFit {
  const slopes = new Map<Dimension, number>();
  let fit: DecisionFit = { found: [], predicted: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const { priors, indexOf, withPosteriors } = collectUnknowns((unknown) =>
      unknown.of === 'slope' && slopes.get(unknown.dimension) === 0 ? NO_SLOPE : believe(unknown),
    );
    const rows = decisions.map((decision): LogisticRow => {
      const { dimension, predictedMean, score } = decision;
      const predicted = clippedLogit(predictedMean);
      const factor = servedSlope(dimension) * (slopes.get(dimension) ?? 1);
      const shifts = counts.shiftsOf(decision).map((unknown): Term => [indexOf(unknown), factor]);
      const weight = counts.weightOf(decision);
      if (!counts.isCalibrated(dimension)) return { terms: shifts, offset: predicted, score, weight };
      const intercept: Term = [indexOf({ of: 'intercept', dimension }), 1];
      const slope: Term = [indexOf({ of: 'slope', dimension }), predicted];
      return { terms: [intercept, slope, ...shifts], offset: 0, score, weight };
    });
    const posteriors = ridgeLogistic(rows, priors);
    fit = { found: withPosteriors(posteriors), predicted: rows.map((row) => chanceOf(row, posteriors)) };
    for (const { unknown, posterior } of fit.found)
      if (unknown.of === 'slope') slopes.set(unknown.dimension, Math.max(posterior.mean, 0));
  }
  return fit;
}

const chanceOf = ({ terms, offset }: LogisticRow, posteriors: readonly Normal[]): number =>
  sigmoid(terms.reduce((sum, [i, factor]) => sum + factor * (posteriors[i]?.mean ?? 0), offset));

type Term = LogisticRow['terms'][number];

/** Numbers unknowns in the order in which they are met. */
function collectUnknowns(believe: Believe) {
  const indices = new Map<string, number>();
  const met: Unknown[] = [];
  const priors: Normal[] = [];
  return {
    priors,
    indexOf(unknown: Unknown): number {
      const key = keyOf(unknown);
      const index = indices.get(key) ?? met.length;
      if (index === met.length) {
        indices.set(key, index);
        met.push(unknown);
        priors.push(believe(unknown));
      }
      return index;
    },
    withPosteriors: (posteriors: readonly Normal[]): Found[] =>
      met.flatMap((unknown, i) => {
        const posterior = posteriors[i];
        return posterior === undefined ? [] : { unknown, posterior };
      }),
  };
}
