export { applyCalibration, type CalibratedScore } from './calibration/apply-calibration.ts';
export { identityHash } from './calibration/calibration-identity.ts';
export type { CalibrationRow, ScoredReply } from './calibration/calibration-row.ts';
export {
  CALIBRATION_METHODS,
  type Calibration,
  type CalibrationIdentity,
  type CalibrationMethod,
  calibrationIdentitySchema,
  calibrationSchema,
  type HeldOutError,
  type Reliability,
} from './calibration/calibration-schema.ts';
export { type Fit, type FitOptions, fitCalibration } from './calibration/fit-calibration.ts';
export { LEAST_GROUPS, LEAST_LABELS, type Refusal, type RefusalWhy } from './calibration/screen-labels.ts';
