import { bootstrapInterval, type Interval, mean } from '@pointsman/statistics';
import type { RatedReply } from './agreement-report.ts';
import type { Resampling } from './reliability.ts';

/** How much higher than the others one person rates the same replies. */
export type RaterBias = { rater: string; replies: number; bias: Interval };

/** Each rater's mean distance from the mean of the others on the same reply, with an interval over groups; most severe first. */
export function raterBiases(replies: readonly RatedReply[], resampling: Resampling): RaterBias[] {
  const distances = replies.flatMap(({ group, ratings }) => {
    const sum = ratings.reduce((total, { rating }) => total + rating, 0);
    const others = ratings.length - 1;
    if (others === 0) return [];
    return ratings.map(({ rater, rating }) => ({ group, rater, distance: rating - (sum - rating) / others }));
  });
  return [...Map.groupBy(distances, ({ rater }) => rater)]
    .map(([rater, own]) => ({ rater, own, centre: mean(own.map(({ distance }) => distance)) }))
    .toSorted((a, b) => a.centre - b.centre)
    .map(({ rater, own }) => ({
      rater,
      replies: own.length,
      bias: bootstrapInterval(own, (drawn) => mean(drawn.map(({ distance }) => distance)), {
        ...resampling,
        groupOf: ({ group }) => group,
      }),
    }));
}
