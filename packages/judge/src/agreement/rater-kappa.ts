import { bootstrapInterval, cohenKappa, type Interval } from '@pointsman/statistics';
import type { RatedReply } from './agreement-report.ts';
import type { Resampling } from './reliability.ts';

type SharedReply = { group: string; raters: string; first: number; second: number };

/**
 * Cohen's kappa with quadratic weights between two people: the mean over pairs of raters, weighted by the replies both
 * rated, with an interval over groups. Pairs for whom it does not exist are left out.
 */
export function raterKappa(replies: readonly RatedReply[], resampling: Resampling): Interval {
  const ratings = replies.flatMap((reply) => reply.ratings.map(({ rating }) => rating));
  const categories = [...new Set(ratings)].sort((a, b) => a - b);
  return bootstrapInterval(sharedReplies(replies), (drawn) => meanKappa(drawn, categories), {
    ...resampling,
    groupOf: ({ group }) => group,
  });
}

function sharedReplies(replies: readonly RatedReply[]): SharedReply[] {
  return replies.flatMap(({ group, ratings }) => {
    const ordered = ratings.toSorted((a, b) => (a.rater < b.rater ? -1 : 1));
    return ordered.flatMap((first, index) =>
      ordered.slice(index + 1).map((second) => ({
        group,
        raters: JSON.stringify([first.rater, second.rater]),
        first: first.rating,
        second: second.rating,
      })),
    );
  });
}

function meanKappa(shared: readonly SharedReply[], categories: readonly number[]): number | undefined {
  let [sum, weight] = [0, 0];
  for (const pair of Map.groupBy(shared, ({ raters }) => raters).values()) {
    const kappa = cohenKappa(
      pair.map(({ first }) => first),
      pair.map(({ second }) => second),
      { weights: 'quadratic', categories },
    );
    if (kappa === undefined) continue;
    sum += kappa * pair.length;
    weight += pair.length;
  }
  return weight === 0 ? undefined : sum / weight;
}
