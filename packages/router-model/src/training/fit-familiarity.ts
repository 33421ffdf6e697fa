import { sigmoid } from '../mathematics/logistic.ts';
import { cholesky, invertLower } from '../mathematics/cholesky.ts';
import { gram, type Matrix, transpose } from '../mathematics/matrix.ts';
import type { RouterParameters } from '../parameters.ts';

/** Factor `F` with `|phi F|^2 = phi' (Phi'Phi + I)^-1 phi` over the listed rows. */
export function fitLeverage(phi: Matrix, rows: ArrayLike<number>): Matrix {
  return transpose(invertLower(cholesky(gram(phi, rows), 1)));
}

const NEWTON_STEPS = 25;
const RIDGE = 1e-3;
/** With one source nothing is known to be strange: a leverage of 0.1, ten times the usual, counts as half familiar. */
const ONE_SOURCE = { intercept: 2 * Math.log(0.1), slope: 2 };

/**
 * Learns from leverages (logarithms) of held-out rows of known sources and of sources that were left out whole how to
 * tell the one from the other; both sides weigh the same. `familiarity = sigmoid(intercept - slope * ln(leverage))`.
 */
export function fitFamiliarity(known: readonly number[], strange: readonly number[]): RouterParameters['familiarity'] {
  if (strange.length === 0 || known.length === 0) return ONE_SOURCE;
  const samples = [
    ...known.map((x) => ({ x, y: 1, weight: 1 / known.length })),
    ...strange.map((x) => ({ x, y: 0, weight: 1 / strange.length })),
  ];
  let intercept = 0;
  let slope = 0;
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    let [g0, g1, h00, h01, h11] = [0, -RIDGE * slope, RIDGE, 0, RIDGE];
    for (const { x, y, weight } of samples) {
      const p = sigmoid(intercept - slope * x);
      const curvature = weight * p * (1 - p);
      g0 += weight * (y - p);
      g1 -= weight * (y - p) * x;
      h00 += curvature;
      h01 -= curvature * x;
      h11 += curvature * x * x;
    }
    const determinant = h00 * h11 - h01 * h01;
    intercept += (h11 * g0 - h01 * g1) / determinant;
    slope += (h00 * g1 - h01 * g0) / determinant;
  }
  // Strangers must never look more familiar than the known: then leverage says nothing and the default is safer.
  return slope > 0 && Number.isFinite(intercept) ? { intercept, slope } : ONE_SOURCE;
}
