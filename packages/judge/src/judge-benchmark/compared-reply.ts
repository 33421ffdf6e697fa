import { mean } from '@pointsman/statistics';
import type { JudgeScores } from './judge-scores.ts';

export type Scales = {
  /** People's, [worst, best]. */
  scale: readonly [number, number];
  /** The judges'; people's when absent. */
  rawScale?: readonly [number, number] | undefined;
};

/** A reply with one score of the judge and one of people, both on people's scale. */
export type ComparedReply = JudgeScores & { judged: number; human: number };

/** Means of samples and of ratings; the judge's scale is stretched to people's. */
export function comparedReply(reply: JudgeScores, { scale, rawScale = scale }: Scales): ComparedReply {
  const share = (mean(reply.samples) - rawScale[0]) / (rawScale[1] - rawScale[0]);
  return { ...reply, judged: scale[0] + share * (scale[1] - scale[0]), human: mean(reply.ratings) };
}

/** How much higher than people the judge scores it. */
export const residual = ({ judged, human }: ComparedReply): number => judged - human;
