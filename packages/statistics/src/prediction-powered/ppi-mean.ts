import { checkFinite } from '../check-values.ts';
import { clusteredError } from '../clustered-error.ts';
import { studentTQuantile } from '../distributions/student-t-quantile.ts';
import { checkConfidence, DEFAULT_CONFIDENCE } from '../interval.ts';
import { mean, variance } from '../mean.ts';
import { varies } from '../varies.ts';
import type { PpiEstimate, PpiOptions } from './ppi-estimate.ts';

/** Rows of one `group` (a document, a prompt, a user) are not independent; a row without one stands for itself. */
export type PredictedRow = { predicted: number; group?: string | undefined };
export type LabelledRow = PredictedRow & { truth: number };
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
  const { confidence = DEFAULT_CONFIDENCE, fewest = 20, lambda: wanted = 'tuned' } = options;
  checkConfidence(confidence);
  if (wanted !== 'tuned' && !(wanted >= 0 && wanted <= 1)) throw new RangeError(`Lambda lies in [0, 1], got ${wanted}`);
  const truths = labelled.map((row) => row.truth);
  const beside = labelled.map((row) => row.predicted);
  const elsewhere = unlabelled.map((row) => row.predicted);
  checkFinite([...truths, ...beside, ...elsewhere]);
  const units = labelled.map(unitOf);
  const otherUnits = unlabelled.map(unitOf);
  const n = new Set(units).size;
  if (n < Math.max(fewest, 2)) return { tooFew: true, n };
  const tuned = () => (wanted === 'tuned' ? tunedLambda(truths, beside, elsewhere) : wanted);
  const lambda = new Set(otherUnits).size < 2 ? 0 : tuned();
  const samples = [{ values: truths.map((truth, index) => truth - lambda * (beside[index] ?? 0)), units }];
  if (lambda > 0) samples.push({ values: elsewhere.map((value) => lambda * value), units: otherUnits });
  const estimate = samples.reduce((sum, { values }) => sum + mean(values), 0);
  const standardError = clusteredError(samples);
  const margin = studentTQuantile((1 + confidence) / 2, n - 1) * standardError;
  const ends = { low: estimate - margin, high: estimate + margin };
  return { estimate, ...ends, confidence, n, lambda, standardError, unlabelledN: unlabelled.length };
}

/** A row without a group is a unit of its own, told apart by identity. */
function unitOf(row: PredictedRow): unknown {
  return row.group ?? row;
}

function tunedLambda(truths: readonly number[], beside: readonly number[], elsewhere: readonly number[]): number {
  const all = [...beside, ...elsewhere];
  if (!varies(all)) return 0;
  const share = 1 + beside.length / elsewhere.length;
  return Math.min(1, Math.max(0, covariance(truths, beside) / (share * variance(all))));
}

function covariance(x: readonly number[], y: readonly number[]): number {
  const [centreX, centreY] = [mean(x), mean(y)];
  const products = x.map((value, index) => (value - centreX) * ((y[index] ?? 0) - centreY));
  return (mean(products) * x.length) / (x.length - 1);
}
