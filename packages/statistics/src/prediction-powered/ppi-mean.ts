import { clusteredError, meanDeviations } from '../clustered-error.ts';
import { studentTQuantile } from '../distributions/student-t-quantile.ts';
import { checkConfidence, DEFAULT_CONFIDENCE } from '../interval.ts';
import { mean } from '../mean.ts';
import { leaveOneOutDeviations, powerTuning, sumsByUnit, totalOf } from './power-tuning.ts';
import type { PpiEstimate, PpiOptions } from './ppi-estimate.ts';
import { type LabelledRow, type PpiColumns, type PredictedRow, ppiColumns } from './ppi-rows.ts';

export type PpiMeanInput = PpiOptions & { labelled: readonly LabelledRow[]; unlabelled: readonly PredictedRow[] };

/**
 * The mean of a truth that is known for few rows and predicted for all: PPI++ (Angelopoulos, Duchi and Zrnic 2023).
 *
 * estimate = mean(truth - lambda predicted) over labelled rows + lambda mean(predicted) over the others. Unbiased for any
 * predictions if the labelled rows are a random draw from all; predictions that follow the truth make it tighter. Tuned,
 * lambda = cov(truth, predicted) / ((1 + n/N) var(predicted)), cut to [0, 1], the variance over all n + N rows.
 *
 * The standard error is robust to dependence within groups, also where a group has labelled and other rows; the interval
 * is Student's with n - 1 degrees of freedom, for few labels say little about their spread. With fewer than two
 * independent rows without a label predictions are left aside (lambda 0). Too few below `fewest` labelled units.
 *
 * @throws RangeError for numbers not finite, a lambda outside [0, 1], a confidence outside (0, 1).
 */
export function ppiMean({ labelled, unlabelled, ...options }: PpiMeanInput): PpiEstimate {
  const { confidence = DEFAULT_CONFIDENCE, fewest = 20, lambda: wanted = 'tuned', errors = 'leave-one-out' } = options;
  checkConfidence(confidence);
  if (wanted !== 'tuned' && !(wanted >= 0 && wanted <= 1)) throw new RangeError(`Lambda lies in [0, 1], got ${wanted}`);
  const columns = ppiColumns(labelled, unlabelled);
  const byUnit = sumsByUnit(columns);
  const n = byUnit.size;
  if (n < Math.max(fewest, 2)) return { tooFew: true, n };
  const usable = new Set(columns.otherUnits).size < 2 ? 0 : wanted;
  const tune = usable === 'tuned' ? powerTuning(columns) : () => usable;
  const lambda = tune(totalOf(byUnit));
  const shift = mean(columns.beside) - (unlabelled.length === 0 ? 0 : mean(columns.elsewhere));
  const ofLabels =
    errors === 'plug-in' ? plugInDeviations(columns, lambda) : leaveOneOutDeviations(byUnit, tune, shift);
  const estimate = mean(columns.truths) - lambda * shift;
  const standardError = clusteredError([ofLabels, extrapolationDeviations(columns, lambda)]);
  const margin = studentTQuantile((1 + confidence) / 2, n - 1) * standardError;
  const ends = { low: estimate - margin, high: estimate + margin };
  return { estimate, ...ends, confidence, n, lambda, standardError, unlabelledN: unlabelled.length };
}

function plugInDeviations({ truths, beside, units }: PpiColumns, lambda: number) {
  return meanDeviations({ values: truths.map((truth, index) => truth - lambda * (beside[index] ?? 0)), units });
}

function extrapolationDeviations({ elsewhere, otherUnits }: PpiColumns, lambda: number) {
  if (lambda === 0) return new Map();
  return meanDeviations({ values: elsewhere.map((value) => lambda * value), units: otherUnits });
}
