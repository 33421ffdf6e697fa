export {
  type AgreementOptions,
  agreementReport,
  type DimensionAgreement,
  type RatedReply,
} from './agreement/agreement-report.ts';
export type { RaterBias } from './agreement/rater-biases.ts';
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
export type { AnchorScores } from './drift/anchor-scores.ts';
export type { Bridge } from './drift/bridge-judges.ts';
export { DRIFT_TESTS, type DriftTestName } from './drift/drift-figures.ts';
export {
  type DriftOptions,
  type DriftTest,
  type DriftVerdict,
  driftVerdict,
  LEAST_ANCHORS,
} from './drift/drift-verdict.ts';
export type { PastRun, RestatedRun } from './drift/restate-run.ts';
export { type SwapAnchor, type SwapInput, type SwapReport, swapReport } from './drift/swap-report.ts';
export { type DriftWatch, FIRST_NIGHT, watchDrift } from './drift/watch-drift.ts';
export { benchmarkJudges, type JudgeBenchmarkOptions, type JudgeMeasure } from './judge-benchmark/benchmark-judges.ts';
export { formatJudgeBenchmark } from './judge-benchmark/format-judge-benchmark.ts';
export type { JudgePair, JudgeScores, PairSide } from './judge-benchmark/judge-scores.ts';
