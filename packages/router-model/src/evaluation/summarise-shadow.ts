import { type Interval, meanInterval, proportionInterval } from '@pointsman/statistics';

/** What the artefact in use chose and expects of its choice, and what the shadow would have chosen; undefined: nothing. */
export type ShadowComparison = {
  modelId: string;
  mean: number;
  costNanoUsd: number;
  shadowMean: number;
  shadowModelId: string | undefined;
  /** What the artefact in use expects the shadow's choice to cost. */
  shadowCostNanoUsd: number | undefined;
};

/** How often two artefacts differed the same way. */
export type Disagreement = { modelId: string; shadowModelId: string | undefined; requests: number };

/** What letting the shadow choose would have changed; differences are the shadow's less those of the artefact in use. */
export type ShadowSummary = {
  requests: number;
  /** Share of requests for which both would have chosen the same model. */
  agreement: Interval;
  /** Expected cost per request in nano-dollars, by the artefact in use; without those that have no price. */
  costDifferenceNanoUsd: Interval;
  /** The same as a share of the cost in use. */
  costShare: Interval;
  /** Expected overall score of the model in use: by how much the shadow thinks better of it. */
  scoreDifference: Interval;
  /** The most frequent first. */
  disagreements: Disagreement[];
};

/** Sums up comparisons. Requests are taken as independent: where few conversations make up the traffic, intervals are too narrow. */
export function summariseShadow(comparisons: readonly ShadowComparison[]): ShadowSummary {
  const agreed = comparisons.filter(({ modelId, shadowModelId }) => modelId === shadowModelId).length;
  const costed = comparisons.flatMap(({ costNanoUsd, shadowCostNanoUsd }) =>
    shadowCostNanoUsd === undefined ? [] : [{ costNanoUsd, difference: shadowCostNanoUsd - costNanoUsd }],
  );
  const costDifferenceNanoUsd = meanInterval(costed.map(({ difference }) => difference));
  return {
    requests: comparisons.length,
    agreement: proportionInterval(agreed, comparisons.length),
    costDifferenceNanoUsd,
    costShare: relativeTo(
      costed.map(({ costNanoUsd }) => costNanoUsd),
      costDifferenceNanoUsd,
    ),
    scoreDifference: meanInterval(comparisons.map(({ mean, shadowMean }) => shadowMean - mean)),
    disagreements: countDisagreements(comparisons),
  };
}

/** The mean cost in use is known better than the difference by far: it is taken as given. */
function relativeTo(costs: readonly number[], difference: Interval): Interval {
  const total = costs.reduce((a, b) => a + b, 0);
  if ('tooFew' in difference || total === 0) return { tooFew: true, n: costs.length };
  const scale = costs.length / total;
  const { estimate, low, high } = difference;
  return { ...difference, estimate: estimate * scale, low: low * scale, high: high * scale };
}

const MOST_LISTED = 10;

function countDisagreements(comparisons: readonly ShadowComparison[]): Disagreement[] {
  const differing = comparisons.filter(({ modelId, shadowModelId }) => modelId !== shadowModelId);
  const groups = Map.groupBy(differing, ({ modelId, shadowModelId }) => `${modelId}\n${shadowModelId ?? ''}`);
  return [...groups.values()]
    .flatMap(([first, ...others]) =>
      first === undefined
        ? []
        : [{ modelId: first.modelId, shadowModelId: first.shadowModelId, requests: 1 + others.length }],
    )
    .sort((a, b) => b.requests - a.requests)
    .slice(0, MOST_LISTED);
}
