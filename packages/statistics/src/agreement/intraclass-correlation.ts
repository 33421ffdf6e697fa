import { checkFinite } from '../check-values.ts';
import { mean } from '../mean.ts';

export type IntraclassCorrelation = {
  /** Of one rating; negative when raters differ more within units than between them. */
  icc1: number;
  /** Of the mean of `raters` ratings. */
  iccK: number;
  /** Ratings per unit; with unequal numbers the effective one, k0. */
  raters: number;
  /** The largest correlation with the mean rating that a perfect judge can be expected to reach: sqrt(iccK), 0 when negative. */
  ceiling: number;
};

/**
 * The intraclass correlation of a one-way random model: how much of the variance of ratings lies between units, when
 * each unit has its own raters (Shrout and Fleiss 1979, case 1).
 *
 * With mean squares B between and W within units: ICC(1) = (B - W) / (B + (k - 1) W), ICC(k) = (B - W) / B, and k, for
 * unequal numbers n_i of ratings, k0 = (N - sum n_i^2 / N) / (units - 1). One row of ratings for each unit; units without
 * ratings count nothing. Undefined for fewer than two units, when none has two ratings, and when their means do not vary.
 *
 * @throws RangeError when a rating is not finite.
 */
export function intraclassCorrelation(units: readonly (readonly number[])[]): IntraclassCorrelation | undefined {
  const rated = units.filter((unit) => unit.length > 0);
  const all = rated.flat();
  checkFinite(all);
  if (rated.length < 2 || all.length === rated.length) return undefined;
  const grand = mean(all);
  let [betweenSquares, withinSquares, squaredSizes] = [0, 0, 0];
  for (const unit of rated) {
    const centre = mean(unit);
    betweenSquares += unit.length * (centre - grand) ** 2;
    withinSquares += unit.reduce((sum, rating) => sum + (rating - centre) ** 2, 0);
    squaredSizes += unit.length ** 2;
  }
  if (betweenSquares <= ROUNDING * all.reduce((sum, rating) => sum + rating ** 2, 0)) return undefined;
  const between = betweenSquares / (rated.length - 1);
  const within = withinSquares / (all.length - rated.length);
  const raters = (all.length - squaredSizes / all.length) / (rated.length - 1);
  const iccK = (between - within) / between;
  return {
    icc1: (between - within) / (between + (raters - 1) * within),
    iccK,
    raters,
    ceiling: Math.sqrt(Math.max(0, iccK)),
  };
}

/** Unit means equal but for the last bits do not vary. */
const ROUNDING = 1e-28;
