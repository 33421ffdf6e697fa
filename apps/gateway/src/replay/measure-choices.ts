import type { MinScores, Policy } from '@pointsman/contracts';
import { riskOfFallingBelow } from '@pointsman/router-model/choice';
import { overallScore } from '@pointsman/router-model/floor';
import type { ReplayedChoice } from './replay-policy.ts';

/** What both policies are measured by, so that their figures can be compared. */
export type Yardstick = { weights: Policy['weights']; minScores: MinScores };

/** The new policy's measures; where it asks for no minimum, those of the policy as it is now. */
export function yardstickOf(policy: Policy, present: Policy): Yardstick {
  const asks = Object.values(policy.minScores).some((minimum) => minimum > 0);
  return { weights: policy.weights, minScores: asks ? policy.minScores : present.minScores };
}

/** One request under one policy, in numbers. */
export type MeasuredChoice = {
  modelId: string | undefined;
  /** 0 for a refused request. */
  costNanoUsd: number;
  costSpreadNanoUsd: number;
  refused: 0 | 1;
  /** The following are undefined for a refused request. */
  quality: number | undefined;
  qualitySpread: number;
  /** Also undefined when nothing is asked for. */
  belowMinimum: number | undefined;
  /** Also undefined for a model too fresh to have one. */
  latencyP95Ms: number | undefined;
};

const REFUSED: MeasuredChoice = {
  modelId: undefined,
  costNanoUsd: 0,
  costSpreadNanoUsd: 0,
  refused: 1,
  quality: undefined,
  qualitySpread: 0,
  belowMinimum: undefined,
  latencyP95Ms: undefined,
};

export function measureChoice({ served }: ReplayedChoice, { weights, minScores }: Yardstick): MeasuredChoice {
  if (served === undefined) return REFUSED;
  const overall = overallScore(served.scores, weights);
  const hasMinimum = Object.values(minScores).some((minimum) => minimum > 0);
  return {
    modelId: served.modelId,
    costNanoUsd: served.costNanoUsd,
    costSpreadNanoUsd: served.costSpreadNanoUsd,
    refused: 0,
    quality: overall.mean,
    qualitySpread: overall.spread,
    belowMinimum: hasMinimum ? riskOfFallingBelow(served.scores, overall, minScores) : undefined,
    latencyP95Ms: served.latencyP95Ms,
  };
}
