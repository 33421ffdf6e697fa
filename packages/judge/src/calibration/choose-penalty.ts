import type { CalibrationModel } from './calibration-schema.ts';
import { groupFolds } from './group-folds.ts';
import type { FitContext, Label, Scales } from './label.ts';
import { predictRating } from './predict-rating.ts';

type FitWith = (labels: readonly Label[], penalty: number) => CalibrationModel | undefined;

const FOLDS = 5;

/** The model fitted with the penalty that foresees held-out groups best. Undefined where no penalty gives a model. */
export function choosePenalty(
  labels: readonly Label[],
  context: FitContext,
  penalties: readonly number[],
  fit: FitWith,
): CalibrationModel | undefined {
  const groups = labels.map(({ group }) => group);
  const folds = groupFolds(groups, FOLDS, `${context.seed}/penalty`);
  const parts = Array.from({ length: FOLDS }, (_, fold) => ({
    fitted: labels.filter((_, index) => folds[index] !== fold),
    heldOut: labels.filter((_, index) => folds[index] === fold),
  }));
  let best: { penalty: number; loss: number } | undefined;
  for (const penalty of penalties) {
    const losses = parts.map(({ fitted, heldOut }) => squaredError(fit(fitted, penalty), heldOut, context));
    const loss = losses.reduce((sum, part) => sum + part, 0);
    if (loss < (best?.loss ?? Number.POSITIVE_INFINITY)) best = { penalty, loss };
  }
  return best && fit(labels, best.penalty);
}

function squaredError(model: CalibrationModel | undefined, heldOut: readonly Label[], scales: Scales): number {
  if (model === undefined) return Number.POSITIVE_INFINITY;
  return heldOut.reduce((sum, label) => sum + (predictRating(model, label, scales) - label.target) ** 2, 0);
}
