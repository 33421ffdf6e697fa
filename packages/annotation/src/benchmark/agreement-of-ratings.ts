import { createHash } from 'node:crypto';
import { type Agreement, DIMENSIONS, type Dimension, type DimensionAgreementView } from '@pointsman/contracts';
import type { AnnotatedReply } from '@pointsman/db';
import { agreementReport, type RatedReply } from '@pointsman/judge/calibration';

/** What is rated on one dimension, on one scale: what a thread is given to work on. */
export type DimensionRatings = { dimension: Dimension; scale: [number, number]; replies: RatedReply[] };

export type ReadyAgreement = Extract<Agreement, { status: 'ready' }>;

/** Of the bootstrap: ten seconds for a thousand replies of three ratings each. */
const RESAMPLES = 200;

/**
 * People's ratings by dimension, in the usual order; on the rubric's scale, where an imported rating had another one.
 * Adjudications stay out: they say nothing of how far raters agree.
 */
export function ratingsByDimension(
  replies: readonly AnnotatedReply[],
  scales: Readonly<Record<Dimension, [number, number]>>,
): DimensionRatings[] {
  return DIMENSIONS.flatMap((dimension) => {
    const scale = scales[dimension];
    const rated = replies.flatMap(({ caseHash, model, ratings }): RatedReply[] => {
      const own = ratings
        .filter((one) => one.dimension === dimension)
        .map(({ rater, rating, scale: from }) => ({ rater, rating: stretched(rating, from, scale) }));
      return own.length === 0 ? [] : [{ dimension, group: caseHash, system: model, ratings: own }];
    });
    return rated.length === 0 ? [] : [{ dimension, scale, replies: rated }];
  });
}

/** How far people agree, dimension by dimension. Takes seconds for a thousand replies: not for a thread that serves. */
export function agreementOf(dimensions: readonly DimensionRatings[]): DimensionAgreementView[] {
  return dimensions.flatMap(({ dimension, scale, replies }) => {
    const [found] = agreementReport(replies, { scale, resamples: RESAMPLES });
    if (found === undefined) return [];
    const { groups, reliability, fleissKappa, withinSystemIcc, atTop, ...figures } = found;
    const ratings = replies.flatMap((one) => one.ratings);
    return [
      {
        ...figures,
        dimension,
        cases: groups,
        raters: new Set(ratings.map(({ rater }) => rater)).size,
        ratings: ratings.length,
        shareAtTop: atTop,
        ...(fleissKappa !== undefined && { fleissKappa }),
        ...reliability,
        ...(withinSystemIcc !== undefined && { withinModelIcc: withinSystemIcc }),
      },
    ];
  });
}

/** The same with names of raters that say who is the same, and no more: in no order that a name would give. */
export function withPseudonyms(found: ReadyAgreement): ReadyAgreement {
  const raters = [...new Set(found.dimensions.flatMap((one) => one.raterBiases.map(({ rater }) => rater)))];
  const digest = (rater: string) => createHash('sha256').update(rater).digest('hex');
  const order = raters
    .map((rater) => ({ rater, digest: digest(rater) }))
    .toSorted((a, b) => (a.digest < b.digest ? -1 : 1));
  const names = new Map(order.map(({ rater }, index) => [rater, `R${index + 1}`]));
  return withNames(found, names);
}

/** The same with raters called as they are known; who is not known keeps the id. */
export function withNames(found: ReadyAgreement, names: ReadonlyMap<string, string>): ReadyAgreement {
  const dimensions = found.dimensions.map((one) => ({
    ...one,
    raterBiases: one.raterBiases.map((bias) => ({ ...bias, rater: names.get(bias.rater) ?? bias.rater })),
  }));
  return { ...found, dimensions };
}

const stretched = (value: number, from: readonly [number, number], to: readonly [number, number]): number =>
  to[0] + ((value - from[0]) / (from[1] - from[0])) * (to[1] - to[0]);
