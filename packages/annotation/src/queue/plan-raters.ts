import { DIMENSIONS, type Dimension, type RaterPlan } from '@pointsman/contracts';
import type { KnownRating } from '@pointsman/db';
import { intraclassCorrelation } from '@pointsman/statistics';
import { ratersForCeiling } from './raters-for-ceiling.ts';

/** Where too little was rated to know: the lower end of "moderate" agreement (Koo and Li 2016). */
export const DEFAULT_ICC = 0.5;

/** Fewer replies with two ratings say too little: the standard error of an ICC of 0.5 is then above 0.14. */
export const FEWEST_REPLIES = 30;

/** Outside of this an estimate would ask for a crowd, or for one rater whom nobody could check. */
const PLAUSIBLE = { low: 0.1, high: 0.95 };

export type Planning = { dimensions: readonly Dimension[]; targetCeiling: number; mostRaters: number };

/** How many raters each dimension takes, from how far people agreed on it so far; dimensions in their usual order. */
export function planRaters(known: readonly KnownRating[], planning: Planning): RaterPlan[] {
  const { dimensions, targetCeiling, mostRaters } = planning;
  return DIMENSIONS.filter((dimension) => dimensions.includes(dimension)).map((dimension) => {
    const measured = iccOf(known.filter((rating) => rating.dimension === dimension));
    const icc = Math.min(PLAUSIBLE.high, Math.max(PLAUSIBLE.low, measured ?? DEFAULT_ICC));
    return {
      dimension,
      icc,
      basis: measured === undefined ? 'default' : 'agreement',
      ...ratersForCeiling({ icc, ceiling: targetCeiling, most: mostRaters }),
    };
  });
}

/** ICC(1) of one dimension; undefined where too few replies have two ratings. */
function iccOf(known: readonly KnownRating[]): number | undefined {
  const byReply = Map.groupBy(known, ({ caseHash, replyHash }) => `${caseHash} ${replyHash}`);
  const rated = [...byReply.values()].filter((ratings) => ratings.length > 1);
  if (rated.length < FEWEST_REPLIES) return undefined;
  return intraclassCorrelation(rated.map((ratings) => ratings.map(({ rating }) => rating)))?.icc1;
}
