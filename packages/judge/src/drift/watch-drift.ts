/** What a watch over nights knows: plain data, to be kept between them. */
export type DriftWatch = {
  nights: number;
  /** Natural logarithm of the evidence that the judge changed, since it last stood at none. */
  logEvidence: number;
  alarm: boolean;
};

export const FIRST_NIGHT: DriftWatch = { nights: 0, logEvidence: 0, alarm: false };

/**
 * Adds a night's `overallP` to the watch. An alarm stands until the anchors are pinned anew. While nothing changes, the
 * first alarm comes after `falseAlarmEvery` nights or more on average, however often one looks.
 *
 * The p-value becomes evidence with mean 1 or less under "nothing changed", (1 - p + p ln p) / (p (ln p)^2), the mean of
 * k p^(k-1) over k (Vovk and Wang 2021); evidence is multiplied and never falls below none: a CUSUM, which the
 * e-detectors of Shin, Ramdas and Rinaldo (2023) bound. Each night must be tested against all samples before it, for only
 * then are the p-values independent.
 *
 * @throws RangeError for a p outside (0, 1] or a rarity of 1 or less.
 */
export function watchDrift(watch: DriftWatch, overallP: number, falseAlarmEvery = 1000): DriftWatch {
  if (!(overallP > 0 && overallP <= 1)) throw new RangeError(`A p-value lies in (0, 1], got ${overallP}`);
  if (!(falseAlarmEvery > 1)) throw new RangeError(`False alarms come more than a night apart, got ${falseAlarmEvery}`);
  const logEvidence = Math.max(0, watch.logEvidence) + Math.log(evidenceOf(overallP));
  return {
    nights: watch.nights + 1,
    logEvidence,
    alarm: watch.alarm || logEvidence >= Math.log(falseAlarmEvery),
  };
}

function evidenceOf(p: number): number {
  const log = Math.log(p);
  // At p = 1 the formula is 0 / 0; its limit is 1/2.
  return log > -1e-4 ? 0.5 : (1 - p + p * log) / (p * log ** 2);
}
