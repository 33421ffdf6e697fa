/** What a number of raters is worth: how well a perfect judge could follow their mean. */
export type RatersForCeiling = {
  raters: number;
  /** sqrt(ICC(k)) with these raters; below what was wanted where `most` was reached first. */
  expectedCeiling: number;
};

export type CeilingQuestion = {
  /** Of one rating, in (0, 1). */
  icc: number;
  /** sqrt(ICC(k)) that is wanted, in (0, 1). */
  ceiling: number;
  most: number;
};

/**
 * The fewest raters whose mean is as reliable as wanted, by the Spearman-Brown formula: ICC(k) = k ICC / (1 + (k - 1) ICC),
 * so k = R (1 - ICC) / (ICC (1 - R)) for R = ceiling^2.
 *
 * @throws RangeError for an ICC or a ceiling outside (0, 1).
 */
export function ratersForCeiling({ icc, ceiling, most }: CeilingQuestion): RatersForCeiling {
  if (!(icc > 0 && icc < 1)) throw new RangeError(`An ICC to plan by lies between 0 and 1, got ${icc}`);
  if (!(ceiling > 0 && ceiling < 1)) throw new RangeError(`A ceiling lies between 0 and 1, got ${ceiling}`);
  const wanted = ceiling ** 2;
  // Just over a whole number by rounding alone is that number.
  const exact = (wanted * (1 - icc)) / (icc * (1 - wanted)) - 1e-9;
  const raters = Math.min(most, Math.max(1, Math.ceil(exact)));
  return { raters, expectedCeiling: ceilingOf(raters, icc) };
}

/** sqrt(ICC(k)): how well a perfect judge could follow the mean of so many raters; 0 for a negative ICC. */
export function ceilingOf(raters: number, icc: number): number {
  const reliability = Math.max(0, icc);
  return Math.sqrt((raters * reliability) / (1 + (raters - 1) * reliability));
}
