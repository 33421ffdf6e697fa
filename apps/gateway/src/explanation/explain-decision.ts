import {
  type CandidateRecord,
  type Decision,
  type DecisionExplanation,
  DIMENSIONS,
  type ExplainedCandidate,
  type ScoreEstimate,
} from '@pointsman/contracts';
import { normalQuantile } from '@pointsman/statistics';

/** What follows from the record alone: all but its certificate and its feedback. */
export type ExplainedDecision = Omit<DecisionExplanation, 'certificate' | 'feedback'>;

const Z = normalQuantile(0.975);

/** Why a request went where it went, as facts, from its record. */
export function explainDecision({ candidates, ...decision }: Decision): ExplainedDecision {
  const { modelId, attempts, bar, cost } = decision;
  const firstChoice = attempts[0]?.modelId ?? modelId;
  const weighed = candidates.filter(isWeighed);
  const safe = weighed.filter(({ removedBy }) => removedBy === undefined);
  const first = weighed.find((candidate) => candidate.modelId === firstChoice);
  const bestMean = Math.max(0, ...weighed.map(({ overall }) => overall.mean));
  const expectedNanoUsd = candidates.find((candidate) => candidate.modelId === modelId)?.expectedCostNanoUsd;
  const actualNanoUsd = cost.status === 'unknown' ? undefined : cost.nanoUsd;
  const hasRatio = actualNanoUsd !== undefined && expectedNanoUsd !== undefined && expectedNanoUsd > 0;
  return {
    decision,
    firstChoice,
    candidates: candidates.map((each) => explained(each, { firstChoice, modelId })).sort(inOrder),
    bar: bar && { ...bar, leastOverall: bar.minShareOfBest && bar.minShareOfBest * bestMean },
    counts: { considered: candidates.length, weighed: weighed.length, metBar: safe.length },
    cheaperUnsafe: compared(
      cheapest(
        weighed.filter((each) => each.removedBy === 'min-score' && first !== undefined && isCheaper(each, first)),
      ),
    ),
    nextSafe: bar && first && compared(cheapest(safe.filter((each) => each !== first && !isCheaper(each, first)))),
    strongest: compared(weighed.toSorted((a, b) => b.overall.mean - a.overall.mean)[0]),
    cost: {
      expectedNanoUsd,
      actualNanoUsd,
      ...(hasRatio && { ratio: actualNanoUsd / expectedNanoUsd }),
    },
    latency: latencyOf(decision),
  };
}

type Weighed = CandidateRecord & { overall: ScoreEstimate; risk: number; expectedCostNanoUsd: number };

const isWeighed = (candidate: CandidateRecord): candidate is Weighed =>
  candidate.overall !== undefined && candidate.risk !== undefined && candidate.expectedCostNanoUsd !== undefined;

const isCheaper = (a: Weighed, b: Weighed): boolean => a.expectedCostNanoUsd < b.expectedCostNanoUsd;

const cheapest = (some: readonly Weighed[]): Weighed | undefined =>
  some.toSorted((a, b) => a.expectedCostNanoUsd - b.expectedCostNanoUsd)[0];

const compared = (candidate: Weighed | undefined): DecisionExplanation['nextSafe'] =>
  candidate && {
    modelId: candidate.modelId,
    expectedCostNanoUsd: candidate.expectedCostNanoUsd,
    overallMean: candidate.overall.mean,
    risk: candidate.risk,
  };

type Roles = { firstChoice: string | undefined; modelId: string | undefined };

function explained(candidate: CandidateRecord, { firstChoice, modelId }: Roles): ExplainedCandidate {
  const { scores, overall, removedBy, detail } = candidate;
  return {
    modelId: candidate.modelId,
    basis: candidate.basis,
    overall: overall && rangeOf(overall),
    scores:
      scores &&
      (Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, rangeOf(scores[dimension])])) as NonNullable<
        ExplainedCandidate['scores']
      >),
    risk: candidate.risk,
    expectedCostNanoUsd: candidate.expectedCostNanoUsd,
    latencyP95Ms: candidate.latencyP95Ms,
    isFirstChoice: candidate.modelId === firstChoice,
    answered: candidate.modelId === modelId,
    removal: removedBy && { by: removedBy, detail },
  };
}

/** What holds the score with a probability of 95 %, cut to the scale. */
const rangeOf = ({ mean, spread }: ScoreEstimate) => ({
  mean,
  low: Math.max(0, mean - Z * spread),
  high: Math.min(1, mean + Z * spread),
});

/** In the running, then weighed and removed, then never weighed; the cheapest first. */
function inOrder(a: ExplainedCandidate, b: ExplainedCandidate): number {
  const rank = ({ removal, overall }: ExplainedCandidate) =>
    removal === undefined ? 0 : overall === undefined ? 2 : 1;
  const cost = (each: ExplainedCandidate) => each.expectedCostNanoUsd ?? Number.MAX_SAFE_INTEGER;
  return rank(a) - rank(b) || cost(a) - cost(b) || a.modelId.localeCompare(b.modelId);
}

function latencyOf({ latency, attempts }: Pick<Decision, 'latency' | 'attempts'>): DecisionExplanation['latency'] {
  const queues = attempts.flatMap(({ queueMs }) => queueMs ?? []);
  const queueMs = queues.length === 0 ? undefined : queues.reduce((sum, ms) => sum + ms, 0);
  const upstreamMs = attempts.reduce((sum, { totalMs }) => sum + totalMs, 0);
  return { ...latency, queueMs, providerMs: Math.max(0, upstreamMs - (queueMs ?? 0)) };
}
