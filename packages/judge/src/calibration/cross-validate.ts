import { CALIBRATION_METHODS, type CalibrationMethod, type CalibrationModel } from './calibration-schema.ts';
import { groupFolds } from './group-folds.ts';
import type { FitContext, Label } from './label.ts';
import { METHODS } from './methods.ts';
import { predictRating } from './predict-rating.ts';

/** What one method foresaw of a label while the label's group was held out. */
export type HeldOut = {
  label: Label;
  predicted: number;
  /** One fitted map: ranks compare within it only. */
  fold: string;
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
  const groups = labels.map(({ group }) => group);
  const splits = Array.from({ length: validation.repeats }, (_, repeat) => {
    const folds = groupFolds(groups, validation.folds, `${validation.seed}/${repeat}`);
    return [...new Set(folds)].map((fold) => ({
      fold: `${repeat}/${fold}`,
      fitted: labels.filter((_label, index) => folds[index] !== fold),
      heldOut: labels.filter((_label, index) => folds[index] === fold),
    }));
  }).flat();
  const predictions = new Map<CalibrationMethod, HeldOut[]>();
  for (const method of CALIBRATION_METHODS) {
    const models = splits.map((split) => ({ ...split, model: METHODS[method](split.fitted, validation) }));
    if (models.some(({ model }) => model === undefined)) continue;
    predictions.set(
      method,
      models.flatMap(({ model, fold, heldOut }) => predict(model, heldOut, fold)),
    );
  }
  return predictions;

  function predict(model: CalibrationModel | undefined, heldOut: readonly Label[], fold: string): HeldOut[] {
    if (model === undefined) return [];
    return heldOut.map((label) => ({ label, predicted: predictRating(model, label, validation), fold }));
  }
}
