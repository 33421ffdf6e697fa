import { bootstrapInterval, type Interval, mean, quantile, type Statistic } from '@pointsman/statistics';
import {
  itemCorrelation,
  roundedKappa,
  shareOfCeiling,
  systemCorrelation,
  withinGroupCorrelation,
} from './agreement-figures.ts';
import { featureBias, featureSlope, ownFamilyBias } from './bias-figures.ts';
import { type ComparedReply, comparedReply, residual, type Scales } from './compared-reply.ts';
import type { JudgePair, JudgeScores } from './judge-scores.ts';
import { firstPlaceBias, orderConsistency, pairKappa } from './pair-figures.ts';

export type JudgeBenchmarkOptions = Scales & {
  seed?: number | string | undefined;
  /** Of the bootstrap over groups; 500 when absent. */
  resamples?: number | undefined;
};

/** One judge on one dimension; every figure over groups, too few where it does not exist. */
export type JudgeMeasure = {
  judge: string;
  dimension: string;
  replies: number;
  groups: number;
  /** Spearman's with the mean of people's ratings, and as a share of what no judge could exceed. */
  spearman: Interval;
  shareOfCeiling: Interval;
  /** Among replies to the same thing, and among means of systems. */
  withinGroup: Interval;
  systems: Interval;
  /** Quadratic weights, whole points. */
  kappa: Interval;
  /** Judge less people, and the mean distance, in points. */
  bias: Interval;
  meanAbsoluteError: Interval;
  /** By feature: partial correlation given people's rating, and points of error per standard deviation of the feature. */
  features: { feature: string; partialCorrelation: Interval; slope: Interval }[];
  ownFamily: Interval;
  costUsdPer1000: Interval;
  latencyMs: { median: Interval; p95: Interval };
  /** Absent where no pairs were judged. */
  pairs?: { pairs: number; orderConsistency: Interval; firstPlaceBias: Interval; kappa: Interval } | undefined;
};

/** Compares judges, or prompts, against people: a row for each judge and dimension, in the order they first occur. */
export function benchmarkJudges(
  scores: readonly JudgeScores[],
  pairs: readonly JudgePair[],
  options: JudgeBenchmarkOptions,
): JudgeMeasure[] {
  const keyOf = ({ judge, dimension }: { judge: string; dimension: string }) => JSON.stringify([judge, dimension]);
  const byKey = Map.groupBy(scores, keyOf);
  const pairsByKey = Map.groupBy(pairs, keyOf);
  return [...byKey].map(([key, own]) => {
    const replies = own.map((reply) => comparedReply(reply, options));
    return measure(replies, pairsByKey.get(key) ?? [], options);
  });
}

function measure(
  replies: readonly ComparedReply[],
  pairs: readonly JudgePair[],
  options: JudgeBenchmarkOptions,
): JudgeMeasure {
  const { seed = 1, resamples = 500, scale } = options;
  const groupOf = ({ group }: { group: string }) => group;
  const over = (statistic: Statistic<ComparedReply>) =>
    bootstrapInterval(replies, statistic, { seed, resamples, method: 'percentile', groupOf });
  const overPairs = (statistic: Statistic<JudgePair>) =>
    bootstrapInterval(pairs, statistic, { seed, resamples, method: 'percentile', groupOf });
  const [first] = replies;
  const features = [...new Set(replies.flatMap((reply) => Object.keys(reply.features ?? {})))];
  return {
    judge: first?.judge ?? '',
    dimension: first?.dimension ?? '',
    replies: replies.length,
    groups: new Set(replies.map(groupOf)).size,
    spearman: over(itemCorrelation),
    shareOfCeiling: over(shareOfCeiling),
    withinGroup: over(withinGroupCorrelation),
    systems: over(systemCorrelation),
    kappa: over((drawn) => roundedKappa(drawn, scale)),
    bias: over((drawn) => mean(drawn.map(residual))),
    meanAbsoluteError: over((drawn) => mean(drawn.map((reply) => Math.abs(residual(reply))))),
    features: features.map((feature) => ({
      feature,
      partialCorrelation: over((drawn) => featureBias(drawn, feature)),
      slope: over((drawn) => featureSlope(drawn, feature)),
    })),
    ownFamily: over(ownFamilyBias),
    costUsdPer1000: over((drawn) => 1000 * mean(known(drawn, ({ costUsd }) => costUsd))),
    latencyMs: { median: over((drawn) => latency(drawn, 0.5)), p95: over((drawn) => latency(drawn, 0.95)) },
    ...(pairs.length === 0
      ? {}
      : {
          pairs: {
            pairs: pairs.length,
            orderConsistency: overPairs(orderConsistency),
            firstPlaceBias: overPairs(firstPlaceBias),
            kappa: overPairs(pairKappa),
          },
        }),
  };
}

function latency(replies: readonly ComparedReply[], p: number): number | undefined {
  const values = known(replies, ({ latencyMs }) => latencyMs);
  return values.length === 0 ? undefined : quantile(values, p);
}

const known = (replies: readonly ComparedReply[], read: (reply: ComparedReply) => number | undefined) =>
  replies.map(read).filter((value) => value !== undefined);
