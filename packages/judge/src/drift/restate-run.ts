import { type Interval, mean, meanInterval, studentTQuantile } from '@pointsman/statistics';
import { applyCalibration } from '../calibration/apply-calibration.ts';
import type { ScoredReply } from '../calibration/calibration-row.ts';
import type { Calibration, CalibrationIdentity } from '../calibration/calibration-schema.ts';
import { type Bridge, LEAST_SYSTEMS } from './bridge-judges.ts';

/** One system's replies as an earlier judge scored them. */
export type PastRun = {
  name: string;
  /** Who scored it and how. */
  identity: CalibrationIdentity;
  replies: readonly (ScoredReply & { group: string })[];
};

export type RestatedRun =
  | {
      name: string;
      /** The calibrated mean by the old judge, over groups. */
      was: Interval;
      /** What the new judge, calibrated, is expected to give these replies: 95 in 100 such ranges hold it. */
      restated: Interval;
    }
  | { name: string; cannot: string };

/** More of a run's scores beyond the calibrated range than this, and its mean is a guess. */
const MOST_OUTSIDE = 0.1;

/** A past run in terms of the new judge, or why it cannot be had without scoring its replies again. */
export function restateRun(run: PastRun, old: Calibration, bridge: Bridge | undefined): RestatedRun {
  const { name, replies } = run;
  if (bridge === undefined) {
    const cannot = `the anchors come from fewer than ${LEAST_SYSTEMS} systems: how differently the judges treat systems is not known`;
    return { name, cannot };
  }
  const scores = replies.map((reply) => ({ group: reply.group, score: applyCalibration(old, run.identity, reply) }));
  const refused = scores.map(({ score }) => score).find((score) => score.status === 'not-calibrated');
  if (refused?.status === 'not-calibrated') return { name, cannot: `not calibrated: ${refused.why}` };
  const calibrated = scores.flatMap(({ group, score }) => (score.status === 'calibrated' ? [{ group, ...score }] : []));
  const outside = calibrated.filter(({ outsideRange }) => outsideRange).length / calibrated.length;
  if (outside > MOST_OUTSIDE) {
    return { name, cannot: `${Math.round(outside * 100)} % of its scores lie beyond what the calibration has seen` };
  }
  const values = calibrated.map(({ value }) => value);
  const groups = [...Map.groupBy(calibrated, ({ group }) => group).values()];
  const was = meanInterval(groups.map((ofGroup) => mean(ofGroup.map(({ value }) => value))));
  if ('tooFew' in was) return { name, cannot: 'it has fewer than two groups' };
  return { name, was, restated: expected(mean(values), values.length, bridge) };
}

function expected(value: number, replies: number, bridge: Bridge): Interval {
  const { shift, systems, standardError, betweenSystems, betweenReplies } = bridge;
  const error = Math.sqrt(standardError ** 2 + betweenSystems ** 2 + betweenReplies ** 2 / replies);
  const margin = studentTQuantile(0.975, systems - 1) * error;
  const estimate = value + shift;
  return { estimate, low: estimate - margin, high: estimate + margin, confidence: 0.95, n: systems };
}
