import { identityDifference, identityHash } from './calibration-identity.ts';
import type { ScoredReply } from './calibration-row.ts';
import type { Calibration, CalibrationIdentity, CalibrationModel } from './calibration-schema.ts';
import { inputOf, SCORE } from './design.ts';
import { predictRating } from './predict-rating.ts';
import { spreadAt } from './residual-spread.ts';

/** A judge's score on people's scale, or why there is none. */
export type CalibratedScore =
  | {
      status: 'calibrated';
      /** The rating people are expected to give, within their scale. */
      value: number;
      /** Root mean square distance of people's mean rating from such a value, on groups not fitted on. */
      spread: number;
      /** The score, or an input, lies beyond what was seen in fitting: the value is a guess. */
      outsideRange: boolean;
    }
  | { status: 'not-calibrated'; why: string };

/** Maps one judged reply to people's scale; nothing but the identity the calibration is bound to gets a number. */
export function applyCalibration(
  calibration: Calibration,
  identity: CalibrationIdentity,
  reply: ScoredReply,
): CalibratedScore {
  const difference = identityDifference(calibration.identity, identity);
  if (difference !== undefined) return { status: 'not-calibrated', why: difference };
  if (identityHash(calibration.identity) !== calibration.boundTo) {
    return { status: 'not-calibrated', why: 'the calibration was altered: it is not bound to the identity it names' };
  }
  const missing = neededInputs(calibration.model).find((input) => inputOf(reply, input) === undefined);
  if (missing !== undefined) {
    return { status: 'not-calibrated', why: `'${missing}' is missing, and was never missing in fitting` };
  }
  const value = predictRating(calibration.model, reply, calibration.identity);
  return {
    status: 'calibrated',
    value,
    spread: spreadAt(calibration.spread, value),
    outsideRange: isOutside(calibration.range, reply),
  };
}

function neededInputs(model: CalibrationModel): string[] {
  if (!('columns' in model)) return [SCORE];
  return [SCORE, ...model.columns.filter(({ canBeMissing }) => !canBeMissing).map(({ input }) => input)];
}

function isOutside({ score, inputs }: Calibration['range'], reply: ScoredReply): boolean {
  return Object.entries({ ...inputs, [SCORE]: score }).some(([input, [low, high]]) => {
    const value = inputOf(reply, input);
    return value !== undefined && (value < low || value > high);
  });
}
