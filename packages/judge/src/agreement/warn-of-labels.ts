import type { Interval } from '@pointsman/statistics';
import type { Reliability } from '../calibration/calibration-schema.ts';

export type LabelFigures = {
  reliability: Reliability | undefined;
  /** ICC(1) of ratings less their system's mean; undefined where systems are not known. */
  withinSystemIcc: Interval | undefined;
  /** Share of replies whose mean rating is the best there is. */
  atTop: number;
};

/** From here on rank correlations are mostly about ties at the top. */
export const TOP_HEAVY = 0.5;

/** What to know before relying on labels, in words; empty where nothing is amiss. */
export function warnOfLabels({ reliability, withinSystemIcc, atTop }: LabelFigures): string[] {
  return [warnOfReliability(reliability), warnOfSystems(withinSystemIcc), warnOfTop(atTop)].filter(
    (warning) => warning !== undefined,
  );
}

function warnOfReliability(reliability: Reliability | undefined): string | undefined {
  if (reliability === undefined) {
    return 'No reply has two ratings: how far people agree, and so how good a judge can be, is not known.';
  }
  const { icc } = reliability;
  if ('tooFew' in icc || icc.low > 0) return undefined;
  return `People hardly agree with each other: ICC ${figure(icc)}. These labels carry little or no signal.`;
}

function warnOfSystems(icc: Interval | undefined): string | undefined {
  if (icc === undefined || 'tooFew' in icc || icc.low > 0) return undefined;
  const found =
    icc.estimate < 0 ? 'disagree more about them than chance would have it' : 'agree on them no more than chance';
  return `Within one system's replies people ${found}: ICC ${figure(icc)}. The labels tell systems apart, not single replies: use means of systems only.`;
}

function warnOfTop(atTop: number): string | undefined {
  if (atTop < TOP_HEAVY) return undefined;
  return `${Math.round(atTop * 100)} % of the replies have the best rating there is: look at the area under the curve for the bad tail, not at rank correlations alone.`;
}

const figure = (icc: Exclude<Interval, { tooFew: true }>) =>
  `${icc.estimate.toFixed(2)} (${icc.low.toFixed(2)} to ${icc.high.toFixed(2)})`;
