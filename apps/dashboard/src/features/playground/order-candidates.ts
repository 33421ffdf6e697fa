import type { CandidateRecord, PlaygroundPreview } from '@pointsman/contracts';

/** The 95 % interval of a score that is normal with this spread, within [0, 1]. */
export const scoreInterval = ({ mean, spread }: { mean: number; spread: number }) => ({
  low: Math.max(0, mean - 1.96 * spread),
  high: Math.min(1, mean + 1.96 * spread),
});

const costOf = ({ expectedCostNanoUsd }: CandidateRecord) => expectedCostNanoUsd ?? Number.POSITIVE_INFINITY;

/** Those that would be tried, in that order, then the rest, cheapest first. */
export function orderCandidates({ candidates, choice }: PlaygroundPreview): CandidateRecord[] {
  const plan = choice.kind === 'chosen' ? choice.plan : [];
  const place = ({ modelId }: CandidateRecord) => {
    const index = plan.indexOf(modelId);
    return index < 0 ? plan.length : index;
  };
  return candidates.toSorted((a, b) => {
    const byPlan = place(a) - place(b);
    if (byPlan !== 0) return byPlan;
    const [costA, costB] = [costOf(a), costOf(b)];
    return costA === costB ? a.modelId.localeCompare(b.modelId) : costA - costB;
  });
}
