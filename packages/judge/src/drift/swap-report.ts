import { applyCalibration } from '../calibration/apply-calibration.ts';
import type { ScoredReply } from '../calibration/calibration-row.ts';
import type { Calibration, CalibrationIdentity } from '../calibration/calibration-schema.ts';
import { type Fit, type FitOptions, fitCalibration } from '../calibration/fit-calibration.ts';
import { predictRating } from '../calibration/predict-rating.ts';
import { type Bridge, bridgeJudges } from './bridge-judges.ts';
import { type DriftVerdict, driftVerdict } from './drift-verdict.ts';
import { type PastRun, type RestatedRun, restateRun } from './restate-run.ts';

/** An anchor that both judges scored and people rated. */
export type SwapAnchor = {
  group: string;
  system?: string | undefined;
  old: ScoredReply;
  next: ScoredReply;
  ratings: readonly number[];
};

export type SwapInput = Omit<FitOptions, 'identity'> & {
  anchors: readonly SwapAnchor[];
  old: Calibration;
  /** What the new judge's calibration will be bound to. */
  next: CalibrationIdentity;
  /** Runs scored by the old judge. */
  history: readonly PastRun[];
  /** See `DriftOptions`. */
  sampleSd?: number | undefined;
};

export type SwapReport = {
  /** How the new judge's raw scores differ from the old one's, stretched to people's scale. */
  change: DriftVerdict;
  /** The new judge's calibration, or why these anchors give none. */
  refit: Fit;
  /** How calibrated scores of the new judge differ from those of the old; absent where there is no refit. */
  bridge?: Bridge | undefined;
  history: RestatedRun[];
};

/**
 * What changing the judge changes: tests both judges' scores of the anchors against each other, fits the new judge to
 * people's scale, and restates what was said with the old one.
 */
export function swapReport(input: SwapInput): SwapReport {
  const { anchors, old, next, history, sampleSd, ...fitOptions } = input;
  const change = driftVerdict(
    anchors.map((anchor) => asScored(anchor, old.identity, next)),
    { ...fitOptions, sampleSd },
  );
  const rows = anchors.map(({ next: reply, group, system, ratings }) => ({ ...reply, group, system, ratings }));
  const refit = fitCalibration(rows, { ...fitOptions, identity: next });
  if (refit.status === 'refused') {
    const cannot = `the new judge could not be calibrated: ${refit.detail}`;
    return { change, refit, history: history.map(({ name }) => ({ name, cannot })) };
  }
  const bridge = bridgeJudges(anchors.flatMap((anchor) => calibratedPair(anchor, old, refit.calibration)));
  return { change, refit, bridge, history: history.map((run) => restateRun(run, old, bridge)) };
}

function asScored({ group, old, next, ratings }: SwapAnchor, from: CalibrationIdentity, to: CalibrationIdentity) {
  const stretched = (reply: ScoredReply, identity: CalibrationIdentity) => [
    predictRating({ method: 'identity' }, reply, identity),
  ];
  const human = ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
  return { group, pinned: stretched(old, from), tonight: stretched(next, to), human };
}

/** Both judges' calibrated scores of an anchor; none where either has none, as of an input that is missing. */
function calibratedPair(anchor: SwapAnchor, old: Calibration, next: Calibration) {
  const before = applyCalibration(old, old.identity, anchor.old);
  const now = applyCalibration(next, next.identity, anchor.next);
  if (before.status !== 'calibrated' || now.status !== 'calibrated') return [];
  return [{ system: anchor.system, difference: now.value - before.value }];
}
