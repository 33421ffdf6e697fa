import { checkSuccesses } from '../check-values.ts';
import { normalQuantile } from '../distributions/normal-quantile.ts';
import { checkConfidence, DEFAULT_CONFIDENCE, type Interval, tooFew } from '../interval.ts';

/** `successes` of `n`. */
export type Counted = { successes: number; n: number };

export type RoganGladenInput = {
  /** What the judge said yes to. */
  positives: Counted;
  /** What it said yes to of those known to be yes. */
  sensitivity: Counted;
  /** What it said no to of those known to be no. */
  specificity: Counted;
  confidence?: number | undefined;
};

/**
 * The share that is truly yes, from the share that an imperfect judge says yes to and its error rates measured apart:
 * (positive + specificity - 1) / (sensitivity + specificity - 1), cut to [0, 1] (Rogan and Gladen 1978), with an interval
 * that knows all three were counted on samples (Lang and Reiczigel, "Confidence limits for prevalence of disease adjusted
 * for estimated sensitivity and specificity", 2014).
 *
 * Too few when any of the three samples is empty; undefined for a judge no better than chance, who corrects nothing.
 *
 * @throws RangeError unless 0 <= successes <= n, all whole, and `confidence` is in (0, 1).
 */
export function roganGladen(input: RoganGladenInput): Interval | undefined {
  const { positives, sensitivity, specificity, confidence = DEFAULT_CONFIDENCE } = input;
  checkConfidence(confidence);
  const counts = [positives, sensitivity, specificity];
  for (const { successes, n } of counts) checkSuccesses(successes, n);
  if (counts.some(({ n }) => n === 0)) return tooFew(positives.n);
  const [said = 0, hit = 0, spared = 0] = counts.map(({ successes, n }) => successes / n);
  const z = normalQuantile((1 + confidence) / 2);
  // Agresti and Coull's z^2 and 2 imagined values, half of them successes, keep the interval honest near 0 and 1.
  const [seen, yes, no] = [imagining(positives, z * z), imagining(sensitivity, 2), imagining(specificity, 2)];
  const skill = yes.share + no.share - 1;
  if (hit + spared <= 1 || skill <= 0) return undefined;
  const centre = (seen.share + no.share - 1) / skill;
  const shift = 2 * z * z * (centre * yes.variance - (1 - centre) * no.variance);
  const variance = seen.variance + centre ** 2 * yes.variance + (1 - centre) ** 2 * no.variance;
  const margin = (z * Math.sqrt(variance)) / skill;
  return {
    estimate: unit((said + spared - 1) / (hit + spared - 1)),
    low: unit(centre + shift - margin),
    high: unit(centre + shift + margin),
    confidence,
    n: positives.n,
  };
}

/** The share, and its variance, with `extra` values more of which half are successes. */
function imagining({ successes, n }: Counted, extra: number): { share: number; variance: number } {
  const share = (successes + extra / 2) / (n + extra);
  return { share, variance: (share * (1 - share)) / (n + extra) };
}

function unit(value: number): number {
  return Math.min(1, Math.max(0, value));
}
