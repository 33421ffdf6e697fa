import { ranks } from '@pointsman/statistics';
import type { Means } from './rescored-samples.ts';

/** What is compared of before and now; each looks where the others are blind. */
export const DRIFT_TESTS = ['mean-shift', 'item-surprise', 'agreement'] as const;
export type DriftTestName = (typeof DRIFT_TESTS)[number];

/** One number of two sets of mean scores; undefined where it does not exist. */
export type DriftFigure = (means: Means) => number | undefined;

/** The mean of now less before. */
export const meanShift: DriftFigure = ({ before, now }) => meanDifference(before, now);

/** How far single anchors moved beyond the mean shift: the mean square. */
export const itemSurprise: DriftFigure = ({ before, now }) => {
  const centre = meanDifference(before, now);
  return now.reduce((sum, score, index) => sum + (score - (before[index] ?? 0) - centre) ** 2, 0) / now.length;
};

/** Spearman's correlation with people now, less before; of the anchors people rated. */
export function agreementChange(humans: readonly (number | undefined)[]): DriftFigure {
  const rated = humans.map((human, index) => ({ human, index })).filter(({ human }) => human !== undefined);
  const places = rated.map(({ index }) => index);
  const humanRanks = ranks(rated.map(({ human }) => human ?? Number.NaN));
  const agreement = (scores: Float64Array) => correlation(ranks(places.map((index) => scores[index] ?? 0)), humanRanks);
  return ({ before, now }) => {
    const [then, here] = [agreement(before), agreement(now)];
    return then === undefined || here === undefined ? undefined : here - then;
  };
}

function meanDifference(before: Float64Array, now: Float64Array): number {
  return now.reduce((sum, score, index) => sum + score - (before[index] ?? 0), 0) / now.length;
}

/** Pearson's, of ranks, whose mean is known: thousands of times a night. */
function correlation(x: readonly number[], y: readonly number[]): number | undefined {
  const centre = (x.length + 1) / 2;
  let [xx, yy, xy] = [0, 0, 0];
  for (let index = 0; index < x.length; index++) {
    const [dx, dy] = [(x[index] ?? 0) - centre, (y[index] ?? 0) - centre];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return xx === 0 || yy === 0 ? undefined : xy / Math.sqrt(xx * yy);
}
