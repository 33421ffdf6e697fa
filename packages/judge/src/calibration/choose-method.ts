import { mean, variance } from '@pointsman/statistics';
import { CALIBRATION_METHODS, type CalibrationMethod, type HeldOutError } from './calibration-schema.ts';
import type { HeldOut } from './cross-validate.ts';
import { groupSums } from './held-out-error.ts';

export type Choice = {
  method: CalibrationMethod;
  /** The method with the least held-out squared error. */
  best: CalibrationMethod;
  /** Of each method against `best`, over groups. */
  excess: Map<CalibrationMethod, HeldOutError['excessLoss']>;
};

/**
 * The simplest method that is not beaten: whose squared error exceeds the best method's by at most one standard error of
 * the difference, paired by group (Breiman et al. 1984, the one-standard-error rule).
 *
 * @throws RangeError when no method was tried.
 */
export function chooseMethod(heldOut: ReadonlyMap<CalibrationMethod, readonly HeldOut[]>): Choice {
  const losses = new Map([...heldOut].map(([method, predictions]) => [method, groupLosses(predictions)]));
  const ascending = [...losses].toSorted(([, a], [, b]) => mean([...a.values()]) - mean([...b.values()]));
  const [best] = ascending;
  if (best === undefined) throw new RangeError('No calibration method was tried');
  const excess = new Map(ascending.map(([method, loss]) => [method, excessOf(loss, best[1])]));
  const method = CALIBRATION_METHODS.find((candidate) => {
    const against = excess.get(candidate);
    return against !== undefined && against.mean <= against.standardError;
  });
  return { method: method ?? best[0], best: best[0], excess };
}

function groupLosses(heldOut: readonly HeldOut[]): Map<string, number> {
  return new Map([...groupSums(heldOut)].map(([group, { squares, count }]) => [group, squares / count]));
}

function excessOf(loss: ReadonlyMap<string, number>, best: ReadonlyMap<string, number>): HeldOutError['excessLoss'] {
  const differences = [...loss].map(([group, value]) => value - (best.get(group) ?? Number.NaN));
  return { mean: mean(differences), standardError: Math.sqrt(variance(differences) / differences.length) };
}
