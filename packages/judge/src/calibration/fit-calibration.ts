import { mean } from '@pointsman/statistics';
import { reliabilityOf, withinSystemIcc } from '../agreement/reliability.ts';
import { TOP_HEAVY, warnOfLabels } from '../agreement/warn-of-labels.ts';
import { identityHash } from './calibration-identity.ts';
import type { CalibrationRow } from './calibration-row.ts';
import type { Calibration, CalibrationIdentity, CalibrationModel } from './calibration-schema.ts';
import { chooseMethod } from './choose-method.ts';
import { type CrossValidation, crossValidate } from './cross-validate.ts';
import { inputNames, inputOf, SCORE } from './design.ts';
import { explainChoice } from './explain-choice.ts';
import { heldOutError } from './held-out-error.ts';
import type { Label } from './label.ts';
import { METHODS } from './methods.ts';
import { residualSpread } from './residual-spread.ts';
import { ENOUGH_LABELS, type Refusal, screenLabels } from './screen-labels.ts';

export type FitOptions = {
  /** What the calibration will be bound to; of `inputs`, those the chosen method uses. */
  identity: CalibrationIdentity;
  /** ISO time of fitting. */
  fittedAt: string;
  /** Of folds and bootstrap; 1 when absent. */
  seed?: number | string | undefined;
  /** Of groups; 5 when absent. */
  folds?: number | undefined;
  /** Cross-validations with other folds; 3 when absent. */
  repeats?: number | undefined;
  /** Of the bootstrap intervals; 500 when absent. */
  resamples?: number | undefined;
};

export type Fit = { status: 'fitted'; calibration: Calibration } | Refusal;

/**
 * Maps one judge's scores to people's scale on one dimension: every method is cross-validated by group and the simplest
 * that is not beaten is fitted on all labels. Refuses labels that cannot calibrate anything.
 *
 * @throws RangeError when an input that occurs is not named in the identity.
 */
export function fitCalibration(rows: readonly CalibrationRow[], options: FitOptions): Fit {
  const { identity, seed = 1, folds = 5, repeats = 3, resamples = 500 } = options;
  const settings = { ...identity, seed, folds, repeats, resamples };
  checkInputs(rows, identity);
  const reliability = reliabilityOf(rows, settings);
  const refusal = screenLabels(rows, identity, reliability);
  if (refusal !== undefined) return refusal;
  const labels = rows.map((row): Label => ({ ...row, target: mean(row.ratings) }));
  const atTop = labels.filter(({ target }) => target === identity.scale[1]).length / labels.length;
  const { model, reason, error, tried, spread } = chooseModel(labels, { ...settings, atTop });
  const bound = boundIdentity(identity, model);
  const labelWarnings = warnOfLabels({ reliability, withinSystemIcc: withinSystemIcc(labels, settings), atTop });
  return {
    status: 'fitted',
    calibration: {
      version: 1,
      identity: bound,
      boundTo: identityHash(bound),
      model,
      labels: labels.length,
      groups: new Set(labels.map(({ group }) => group)).size,
      error,
      tried,
      reason,
      warnings: [...labelWarnings, ...warnOfCount(labels.length)],
      range: { score: rangeOf(labels, SCORE), inputs: inputRanges(labels, bound) },
      ...(reliability === undefined ? {} : { reliability }),
      spread,
      fittedAt: options.fittedAt,
    },
  };
}

type Settings = CrossValidation & { resamples: number; atTop: number };

/** The method chosen by cross-validation, fitted on all labels, and what is known of its error. */
function chooseModel(labels: readonly Label[], settings: Settings) {
  const heldOut = crossValidate(labels, settings);
  const choice = chooseMethod(heldOut);
  const badBelow = settings.atTop < TOP_HEAVY ? undefined : badBelowOf(settings.scale);
  const tried = [...heldOut].map(([method, predictions]) => {
    const excess = choice.excess.get(method) ?? { mean: Number.NaN, standardError: Number.NaN };
    return heldOutError(method, predictions, excess, { ...settings, badBelow });
  });
  const model = METHODS[choice.method](labels, settings);
  const error = tried.find(({ method }) => method === choice.method);
  if (model === undefined || error === undefined)
    throw new Error(`'${choice.method}' fits parts of the labels, not all`);
  const spread = residualSpread(heldOut.get(choice.method) ?? []);
  return { model, error, tried, spread, reason: explainChoice(choice, tried) };
}

/** A step of a five-step scale below the best: what people see as a fault. */
const badBelowOf = ([low, high]: readonly [number, number]) => high - (high - low) / 4;

/** An input without an identity of its own could change unseen. */
function checkInputs(rows: readonly CalibrationRow[], identity: CalibrationIdentity): void {
  const unnamed = inputNames(rows).find((name) => name !== SCORE && identity.inputs[name] === undefined);
  if (unnamed !== undefined) throw new RangeError(`Input '${unnamed}' has no key in the identity's inputs`);
}

function boundIdentity(identity: CalibrationIdentity, model: CalibrationModel): CalibrationIdentity {
  const used = 'columns' in model ? model.columns.map(({ input }) => input).filter((input) => input !== SCORE) : [];
  return { ...identity, inputs: Object.fromEntries(used.map((input) => [input, identity.inputs[input] ?? ''])) };
}

function inputRanges(labels: readonly Label[], { inputs }: CalibrationIdentity): Calibration['range']['inputs'] {
  return Object.fromEntries(Object.keys(inputs).map((input) => [input, rangeOf(labels, input)]));
}

function rangeOf(labels: readonly Label[], input: string): [number, number] {
  const values = labels.map((label) => inputOf(label, input)).filter((value) => value !== undefined);
  return [Math.min(...values), Math.max(...values)];
}

function warnOfCount(labels: number): string[] {
  if (labels >= ENOUGH_LABELS) return [];
  return [`${labels} labels: with ${ENOUGH_LABELS} or more the error would still fall.`];
}
