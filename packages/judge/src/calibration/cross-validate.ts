import { CALIBRATION_METHODS, type CalibrationMethod } from './calibration-schema.ts';
import { groupFolds } from './group-folds.ts';
import type { FitContext, Label } from './label.ts';
import { METHODS } from './methods.ts';
import { predictRating } from './predict-rating.ts';

/** What one method foresaw of a label while the label's group was held out. */
export type HeldOut = {
  label: Label;
  predicted: number;
  repeat: number;
  /** One fitted map in each repeat: ranks compare within it only. */
  fold: number;
};

export type CrossValidation = FitContext & { folds: number; repeats: number };

/**
 * Predictions of every method for every label by a map fitted on other groups, once for each repeat. The methods share
 * their folds, so their errors are paired. A method that these labels do not allow, in whatever fold, is left out.
 */
export function crossValidate(
  labels: readonly Label[],
  validation: CrossValidation,
): Map<CalibrationMethod, HeldOut[]> {
  const splits = splitsOf(labels, validation);
  const heldOut = new Map<CalibrationMethod, HeldOut[]>();
  for (const method of CALIBRATION_METHODS) {
    const predictions = splits.map((split) => predictSplit(method, split, validation));
    if (predictions.every((part) => part !== undefined)) heldOut.set(method, predictions.flat());
  }
  return heldOut;
}

type Split = { repeat: number; fold: number; fitted: Label[]; heldOut: Label[] };

function splitsOf(labels: readonly Label[], { folds, repeats, seed }: CrossValidation): Split[] {
  const groups = labels.map(({ group }) => group);
  return Array.from({ length: repeats }, (_, repeat) => {
    const foldOf = groupFolds(groups, folds, `${seed}/${repeat}`);
    return [...new Set(foldOf)].map((fold) => ({
      repeat,
      fold,
      fitted: labels.filter((_label, index) => foldOf[index] !== fold),
      heldOut: labels.filter((_label, index) => foldOf[index] === fold),
    }));
  }).flat();
}

function predictSplit(
  method: CalibrationMethod,
  { repeat, fold, fitted, heldOut }: Split,
  context: FitContext,
): HeldOut[] | undefined {
  const model = METHODS[method](fitted, context);
  return model && heldOut.map((label) => ({ label, predicted: predictRating(model, label, context), repeat, fold }));
}
