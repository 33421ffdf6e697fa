import type { Dimension } from '@pointsman/contracts';
import type { KnownRating } from '@pointsman/db';
import { mean, variance } from '@pointsman/statistics';
import type { Cell } from './rank-by-gain.ts';

/** A reply that may be rated, with the judge's score of it in steps of people's scale, where there is one. */
export type RateableReply = {
  caseHash: string | undefined;
  replyHash: string;
  model: string;
  predicted: Partial<Record<Dimension, number>>;
};

/** What is supposed of a cell's residuals weighs as much as so many labels. */
const PRIOR_LABELS = 10;
/** In squared steps. Half a step: raters' means differ by it even where the judge sees no difference. */
const LEAST_VARIANCE = 0.25;
/** Of labels where neither judge nor people have said anything: one step. */
const UNKNOWN_VARIANCE = 1;

export const cellName = (model: string, dimension: Dimension): string => `${model} ${dimension}`;

/**
 * The cells of these replies' systems on these dimensions: how many of the replies are labelled, and how far labels lie
 * from what the judge says. Without labels residuals are supposed to vary as its scores do, or, where it said nothing,
 * as people's ratings of other replies do.
 */
export function ratedCells(
  replies: readonly RateableReply[],
  dimensions: readonly Dimension[],
  known: readonly KnownRating[],
): Map<string, Cell> {
  const labelsOf = meanRatings(known);
  return new Map(
    [...Map.groupBy(replies, ({ model }) => model)].flatMap(([model, own]) =>
      dimensions.map((dimension): [string, Cell] => {
        const labels = labelsOf.get(dimension) ?? new Map<string, number>();
        const predicted = own.flatMap((reply) => reply.predicted[dimension] ?? []);
        const elsewhere = [...labels.values()];
        const prior =
          predicted.length > 1
            ? LEAST_VARIANCE + variance(predicted)
            : elsewhere.length > PRIOR_LABELS
              ? variance(elsewhere)
              : UNKNOWN_VARIANCE;
        const residuals = own.flatMap((reply) => {
          const label = labels.get(keyOf(reply));
          return label === undefined ? [] : [label - (reply.predicted[dimension] ?? 0)];
        });
        return [
          cellName(model, dimension),
          { labelled: residuals.length, residualVariance: shrunken(prior, residuals) },
        ];
      }),
    ),
  );
}

const keyOf = ({ caseHash, replyHash }: Pick<RateableReply, 'caseHash' | 'replyHash'>) => `${caseHash} ${replyHash}`;

/** By dimension and reply, the mean of its ratings. */
function meanRatings(known: readonly KnownRating[]): Map<Dimension, Map<string, number>> {
  const byDimension = [...Map.groupBy(known, ({ dimension }) => dimension)].map(
    ([dimension, ratings]): [Dimension, Map<string, number>] => [
      dimension,
      new Map([...Map.groupBy(ratings, keyOf)].map(([key, own]) => [key, mean(own.map(({ rating }) => rating))])),
    ],
  );
  return new Map(byDimension);
}

/** The variance of residuals, drawn to what is supposed of it as far as they are few. */
function shrunken(prior: number, residuals: readonly number[]): number {
  const freedom = Math.max(0, residuals.length - 1);
  const found = freedom === 0 ? 0 : variance(residuals);
  return (PRIOR_LABELS * prior + freedom * found) / (PRIOR_LABELS + freedom);
}
