import type { DimensionScores, Reason } from '@pointsman/contracts';
import { chooseModel } from '@pointsman/router-model/choice';
import { rebuildCandidates } from './rebuild-candidates.ts';
import type { RecordedRequest } from './recorded-request.ts';
import { floorFor, type ReplayGround, type ReplayTerms, rulesFor } from './replay-ground.ts';

/** What a policy would have made of one request. */
export type ReplayedChoice = {
  /** Absent: refused. */
  served?:
    | {
        modelId: string;
        reason: Reason;
        scores: DimensionScores;
        /** At the length the reply really had, where it is known. */
        costNanoUsd: number;
        /** How far that may be off: as far as the reply that came missed its expectation. 0 for the model that answered. */
        costSpreadNanoUsd: number;
        latencyP95Ms: number | undefined;
      }
    | undefined;
  averaged: readonly string[];
  unknown: readonly string[];
};

export type ReplayPolicies = { terms: ReplayTerms; present: ReplayTerms; ground: ReplayGround };

/**
 * Chooses anew for past requests under a policy, by the rule that serves and on the estimates that were recorded. Each request
 * stands on its own: without the session it was in, without what failed, without what a budget's pacing said at the moment.
 */
export const replayPolicy = (requests: readonly RecordedRequest[], policies: ReplayPolicies): ReplayedChoice[] =>
  requests.map((request) => replayRequest(request, policies));

/** Of some seventy candidates each, so many take a few milliseconds. */
const REQUESTS_AT_ONCE = 20;

/** The same, with a pause after every few requests, in which others have their turn. */
export async function replayInSteps(
  requests: readonly RecordedRequest[],
  policies: ReplayPolicies,
  pause: () => Promise<void>,
): Promise<ReplayedChoice[]> {
  const choices: ReplayedChoice[] = [];
  for (let start = 0; start < requests.length; start += REQUESTS_AT_ONCE) {
    choices.push(...replayPolicy(requests.slice(start, start + REQUESTS_AT_ONCE), policies));
    await pause();
  }
  return choices;
}

function replayRequest(request: RecordedRequest, { terms, present, ground }: ReplayPolicies): ReplayedChoice {
  const { candidates, averaged, unknown } = rebuildCandidates({ request, terms, present, ground });
  const choice = chooseModel(candidates, {
    ...rulesFor(request, terms, ground),
    floor: floorFor(request, terms, ground),
  });
  if (choice.kind === 'none') return { averaged, unknown };
  const [modelId] = choice.plan;
  const candidate = candidates.find((each) => each.modelId === modelId);
  if (candidate?.estimate === undefined || candidate.expectedCostNanoUsd === undefined) return { averaged, unknown };
  const costNanoUsd = candidate.expectedCostNanoUsd * request.costRatio;
  return {
    served: {
      modelId,
      reason: choice.reason,
      scores: candidate.estimate.scores,
      costNanoUsd,
      costSpreadNanoUsd: modelId === request.answeredBy ? 0 : Math.abs(costNanoUsd - candidate.expectedCostNanoUsd),
      latencyP95Ms: candidate.latencyP95Ms,
    },
    averaged,
    unknown,
  };
}
