import { bootstrapInterval, type Interval, mean, meanInterval, spearman } from '@pointsman/statistics';
import type { AnchorScores } from './anchor-scores.ts';

/** The mean of now less before, with Student's interval over groups. */
export function shiftEffect(anchors: readonly AnchorScores[]): Interval {
  const byGroup = Map.groupBy(anchors, ({ group }) => group);
  return meanInterval(
    [...byGroup.values()].map((ofGroup) => mean(ofGroup.map((anchor) => now(anchor) - before(anchor)))),
  );
}

/** Spearman's correlation with people now, less before, by bootstrap over groups. */
export function agreementEffect(
  anchors: readonly AnchorScores[],
  resampling: { seed: number | string; resamples: number },
): Interval {
  const rated = anchors.filter(({ human }) => human !== undefined);
  return bootstrapInterval(rated, change, { ...resampling, method: 'percentile', groupOf: ({ group }) => group });
}

function change(anchors: readonly AnchorScores[]): number | undefined {
  const humans = anchors.map(({ human }) => human ?? Number.NaN);
  const [here, then] = [spearman(anchors.map(now), humans), spearman(anchors.map(before), humans)];
  return here === undefined || then === undefined ? undefined : here - then;
}

const before = ({ pinned }: AnchorScores) => mean(pinned);
const now = ({ tonight }: AnchorScores) => mean(tonight);
