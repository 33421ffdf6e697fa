import type { Deviations } from '../clustered-error.ts';
import { mean, variance } from '../mean.ts';
import { varies } from '../varies.ts';
import type { PpiColumns } from './ppi-rows.ts';

/** Sums over labelled rows of both distances, truth from the mean truth and prediction from the mean prediction. */
type Sums = { n: number; truth: number; predicted: number; products: number };

/** The lambda of given sums: that of all labelled rows, or of those left without some. */
export type Tuning = (sums: Sums) => number;

/** cov(truth, predicted) / ((1 + n/N) var(predicted)), cut to [0, 1]; 0 where predictions do not vary. */
export function powerTuning({ beside, elsewhere }: PpiColumns): Tuning {
  const all = [...beside, ...elsewhere];
  const spread = varies(all) ? variance(all) : 0;
  return ({ n, truth, predicted, products }) => {
    if (spread === 0 || n < 2) return 0;
    const covariance = (products - (truth * predicted) / n) / (n - 1);
    return Math.min(1, Math.max(0, covariance / ((1 + n / elsewhere.length) * spread)));
  };
}

/** Sums of the labelled rows, by unit. */
export function sumsByUnit({ truths, beside, units }: PpiColumns): Map<unknown, Sums> {
  const [meanTruth, meanPredicted] = [mean(truths), mean(beside)];
  const byUnit = new Map<unknown, Sums>();
  for (const [index, unit] of units.entries()) {
    const truth = (truths[index] ?? 0) - meanTruth;
    const predicted = (beside[index] ?? 0) - meanPredicted;
    byUnit.set(unit, combined(byUnit.get(unit) ?? NOTHING, { n: 1, truth, predicted, products: truth * predicted }, 1));
  }
  return byUnit;
}

export function totalOf(byUnit: ReadonlyMap<unknown, Sums>): Sums {
  return [...byUnit.values()].reduce((sum, unit) => combined(sum, unit, 1), NOTHING);
}

/**
 * What each labelled unit adds to the error of the estimate: the jackknife, lambda tuned anew without each unit in turn.
 * `shift` is mean(predicted) of labelled rows less that of the others.
 */
export function leaveOneOutDeviations(byUnit: ReadonlyMap<unknown, Sums>, tune: Tuning, shift: number): Deviations {
  const total = totalOf(byUnit);
  const without = [...byUnit].map(([unit, sums]) => {
    const rest = combined(total, sums, -1);
    const lambda = tune(rest);
    // But for the mean truth, which is the same whichever unit is left out.
    return [unit, rest.truth / rest.n - lambda * (shift + rest.predicted / rest.n)] as const;
  });
  const centre = mean(without.map(([, estimate]) => estimate));
  const share = Math.sqrt(1 - 1 / byUnit.size);
  return new Map(without.map(([unit, estimate]) => [unit, share * (centre - estimate)]));
}

function combined(a: Sums, b: Sums, sign: 1 | -1): Sums {
  return {
    n: a.n + sign * b.n,
    truth: a.truth + sign * b.truth,
    predicted: a.predicted + sign * b.predicted,
    products: a.products + sign * b.products,
  };
}

const NOTHING: Sums = { n: 0, truth: 0, predicted: 0, products: 0 };
