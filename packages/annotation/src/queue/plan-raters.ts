import { DIMENSIONS, type Dimension, type RaterPlan } from '@pointsman/contracts';
import type { KnownRating } from '@pointsman/db';
import { intraclassCorrelation, normalQuantile } from '@pointsman/statistics';
import { ceilingOf, ratersForCeiling } from './raters-for-ceiling.ts';

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
    const measured = agreementOn(known.filter((rating) => rating.dimension === dimension));
    const icc = Math.min(PLAUSIBLE.high, Math.max(PLAUSIBLE.low, measured?.icc ?? DEFAULT_ICC));
    const planned = ratersForCeiling({ icc, ceiling: targetCeiling, most: mostRaters });
    if (measured === undefined) return { dimension, icc, basis: 'default', ...planned };
    const { low, high } = measured;
    const ceilingInterval = { low: ceilingOf(planned.raters, low), high: ceilingOf(planned.raters, high) };
    return { dimension, icc, iccInterval: { low, high }, basis: 'agreement', ...planned, ceilingInterval };
  });
}

/**
 * ICC(1) of one dimension with its 95 % interval; undefined where too few replies have two ratings. The standard error is
 * Fisher's for large samples: sqrt(2 (1 - r)^2 (1 + (k - 1) r)^2 / (k (k - 1) (n - 1))) of n replies with k ratings each.
 */
function agreementOn(known: readonly KnownRating[]): { icc: number; low: number; high: number } | undefined {
  const byReply = Map.groupBy(known, ({ caseHash, replyHash }) => `${caseHash} ${replyHash}`);
  const rated = [...byReply.values()].filter((ratings) => ratings.length > 1);
  if (rated.length < FEWEST_REPLIES) return undefined;
  const found = intraclassCorrelation(rated.map((ratings) => ratings.map(({ rating }) => rating)));
  if (found === undefined) return undefined;
  const { icc1: icc, raters } = found;
  const spread = (1 - icc) * (1 + (raters - 1) * icc);
  const margin = normalQuantile(0.975) * spread * Math.sqrt(2 / (raters * (raters - 1) * (rated.length - 1)));
  return { icc, low: icc - margin, high: Math.min(1, icc + margin) };
}
