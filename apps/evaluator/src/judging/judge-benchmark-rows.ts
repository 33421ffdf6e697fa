import { DIMENSIONS } from '@pointsman/contracts';
import type { JudgePair, JudgeScores, PairSide } from '@pointsman/judge/calibration';
import { mean } from '@pointsman/statistics';
import type { RatedReply } from './annotated-replies.ts';
import type { JudgedPair } from './compare-replies.ts';
import type { OpenedJudge } from './open-judge.ts';
import { peopleScale, stretched } from './people-scale.ts';
import type { JudgedRating } from './score-replies.ts';

/** What is not one dimension but all of them. */
export const OVERALL = 'overall';

export type RowOptions = {
  judge: OpenedJudge;
  /** As the reader will know it. */
  name: string;
  /** Whether a model is of the judge's family; undefined where that is not known. */
  isOwnFamily(model: string): boolean | undefined;
};

/** A judge's scores beside people's ratings, by dimension and over all that were rated and scored. */
export function judgeBenchmarkRows(
  replies: readonly RatedReply[],
  judged: readonly JudgedRating[],
  { judge, name, isOwnFamily }: RowOptions,
): JudgeScores[] {
  const scale = peopleScale(judge.configuration.rubrics[DIMENSIONS[0]]);
  return replies.flatMap((reply, index): JudgeScores[] => {
    const own = judged[index];
    if (own === undefined) return [];
    const about = {
      judge: name,
      group: reply.caseHash,
      system: reply.model,
      ...(own.costNanoUsd !== undefined && { costUsd: own.costNanoUsd / 1e9 }),
      latencyMs: own.latencyMs,
      // Twice the length matters as much for a short reply as for a long one.
      features: { length: Math.log1p(reply.reply.length) },
      isOwnFamily: isOwnFamily(reply.model),
    };
    const rows = DIMENSIONS.flatMap((dimension): JudgeScores[] => {
      const [samples, ratings] = [own.samples[dimension], reply.ratings.get(dimension)];
      if (samples === undefined || ratings === undefined) return [];
      const from = peopleScale(judge.configuration.rubrics[dimension]);
      return [{ ...about, dimension, samples, ratings: ratings.map((rating) => stretched(rating, from, scale)) }];
    });
    if (rows.length === 0) return [];
    const samples = [mean(rows.map((row) => mean(row.samples)))];
    return [...rows, { ...about, dimension: OVERALL, samples, ratings: overallRatings(reply, rows) }];
  });
}

/** The mean over the dimensions by each rater who rated them all; else of what all say. */
function overallRatings({ byRater }: RatedReply, rows: readonly JudgeScores[]): number[] {
  const complete = [...byRater.values()].flatMap((own) => {
    const ratings = DIMENSIONS.filter((dimension) => rows.some((row) => row.dimension === dimension)).map((dimension) =>
      own.get(dimension),
    );
    return ratings.every((rating) => rating !== undefined) ? [mean(ratings)] : [];
  });
  return complete.length > 0 ? complete : [mean(rows.map(({ ratings }) => mean(ratings)))];
}

/** A judge's choices between replies, one for each sample, beside what people's ratings say. */
export function judgePairRows(pairs: readonly JudgedPair[], name: string): JudgePair[] {
  return pairs.flatMap(({ a, b, samples }) => {
    const human = preferred(a, b);
    return samples.map(({ aFirst, bFirst }) => ({
      judge: name,
      dimension: OVERALL,
      group: a.caseHash,
      aFirst,
      bFirst,
      human,
    }));
  });
}

function preferred(a: RatedReply, b: RatedReply): PairSide | undefined {
  const shared = [...a.ratings.keys()].filter((dimension) => b.ratings.has(dimension));
  if (shared.length === 0) return undefined;
  const rated = (reply: RatedReply) => mean(shared.map((dimension) => mean(reply.ratings.get(dimension) ?? [])));
  const difference = Number((rated(a) - rated(b)).toPrecision(10));
  if (difference === 0) return 'tie';
  return difference > 0 ? 'a' : 'b';
}
