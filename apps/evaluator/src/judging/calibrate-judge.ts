import { DIMENSIONS, type Dimension } from '@pointsman/contracts';
import { type CalibrationRow, type Fit, fitCalibration } from '@pointsman/judge/calibration';
import { mean } from '@pointsman/statistics';
import type { RatedReply } from './annotated-replies.ts';
import { calibrationOf } from './calibration-of.ts';
import type { OpenedJudge } from './open-judge.ts';
import type { JudgedRating } from './score-replies.ts';

export type DimensionFit = {
  dimension: Dimension;
  fit: Fit;
  /** Replies that people rated and the judge did not score, by the reason. */
  unscored: Record<string, number>;
};

export type CalibrateOptions = {
  judge: OpenedJudge;
  dimensions?: readonly Dimension[] | undefined;
  /** ISO time. */
  at: string;
};

/** Maps a judge's scores to people's scale, dimension by dimension; those that nobody rated are left out. */
export function calibrateJudge(
  replies: readonly RatedReply[],
  judged: readonly JudgedRating[],
  { judge, dimensions = DIMENSIONS, at }: CalibrateOptions,
): DimensionFit[] {
  const { identity, configuration } = judge;
  return dimensions
    .filter((dimension) => replies.some(({ ratings }) => ratings.has(dimension)))
    .map((dimension) => ({
      dimension,
      fit: fitCalibration(labelsOf(replies, judged, dimension), {
        identity: calibrationOf(identity, dimension, configuration.rubrics),
        fittedAt: at,
      }),
      unscored: countsOf(judged.flatMap(({ unscored }) => unscored[dimension] ?? [])),
    }));
}

/** Replies with people's ratings and the judge's mean score on one dimension; `judged` stands in the order of `replies`. */
export function labelsOf(
  replies: readonly RatedReply[],
  judged: readonly JudgedRating[],
  dimension: Dimension,
): CalibrationRow[] {
  return replies.flatMap(({ caseHash, model, ratings }, index) => {
    const [own, samples] = [ratings.get(dimension), judged[index]?.samples[dimension]];
    if (own === undefined || samples === undefined) return [];
    return [{ group: caseHash, system: model, score: mean(samples), ratings: own }];
  });
}

const countsOf = (reasons: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(reasons, (reason) => reason)].map(([reason, all]) => [reason, all.length]));
