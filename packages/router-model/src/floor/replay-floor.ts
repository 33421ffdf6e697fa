import { mean } from '@pointsman/statistics';
import type { Floor } from './floor.ts';
import type { RequestGroup } from './group-requests.ts';
import { type FloorRule, pickForFloor } from './pick-for-floor.ts';
import type { ReplayCandidate } from './replay-request.ts';

/** What routing a group of near-duplicates brought, each number an average over its requests. */
export type GroupOutcome = {
  requests: number;
  /** Scores of the picked models, and of the strongest on the same requests. */
  routed: number;
  strongest: number;
  /** Share of the requests whose score lies below the floor's; 0 for a floor without one. */
  below: number;
  costNanoUsd: number;
  strongestCostNanoUsd: number;
};

/** Routes every request by the rule and reads what came of it. Throws when a pick was not replayed. */
export function replayFloor(groups: readonly RequestGroup[], rule: FloorRule, floor: Floor): GroupOutcome[] {
  const leastScore = floor.kind === 'share-below' ? floor.score : 0;
  return groups.map((group) => {
    const routed = group.map((request) => answerOf(request, pickForFloor(request, rule).model));
    const strongest = group.map((request) => answerOf(request, rule.strongest));
    return {
      requests: group.length,
      routed: mean(routed.map(({ score }) => score)),
      strongest: mean(strongest.map(({ score }) => score)),
      below: mean(routed.map(({ score }) => (score < leastScore ? 1 : 0))),
      costNanoUsd: mean(routed.map(paid)),
      strongestCostNanoUsd: mean(strongest.map(paid)),
    };
  });
}

const paid = ({ paidNanoUsd, costNanoUsd }: ReplayCandidate): number => paidNanoUsd ?? costNanoUsd;

function answerOf({ candidates, group }: RequestGroup[number], model: string | undefined) {
  const answer = candidates.find((candidate) => candidate.model === model);
  if (answer === undefined) throw new RangeError(`no answer of ${model} was replayed for a request of group ${group}`);
  return answer;
}

/** Share of the strongest model's cost that is saved; 0 where that costs nothing. */
export function savingOf(outcomes: readonly GroupOutcome[]): number {
  const strongest = mean(outcomes.map(({ strongestCostNanoUsd }) => strongestCostNanoUsd));
  return strongest > 0 ? 1 - mean(outcomes.map(({ costNanoUsd }) => costNanoUsd)) / strongest : 0;
}
