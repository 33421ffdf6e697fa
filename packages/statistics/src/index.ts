export { cohenKappa, type KappaOptions } from './agreement/cohen-kappa.ts';
export { fleissKappa } from './agreement/fleiss-kappa.ts';
export { type IntraclassCorrelation, intraclassCorrelation } from './agreement/intraclass-correlation.ts';
export { kendallTauB } from './agreement/kendall-tau-b.ts';
export { krippendorffAlpha } from './agreement/krippendorff-alpha.ts';
export type { Label } from './agreement/label.ts';
export { auc } from './auc.ts';
export { type BettingOptions, bettingPValue } from './betting-p-value.ts';
export {
  type BootstrapOptions,
  bootstrapInterval,
  type StandardErrorOf,
  type Statistic,
} from './bootstrap-interval.ts';
export { brierScore, expectedCalibrationError } from './calibration-scores.ts';
export { type AdwinOptions, type AdwinState, adwin, updateAdwin } from './change-detection/adwin.ts';
export { type CusumOptions, type CusumState, cusum, updateCusum } from './change-detection/cusum.ts';
export { type EwmaOptions, type EwmaState, ewma, updateEwma } from './change-detection/ewma.ts';
export type { Alarm, Process } from './change-detection/process.ts';
export { compareShares, type ShareComparison } from './compare-shares.ts';
export { confidenceSequence, type SequenceOptions } from './confidence-sequence.ts';
export { conformalQuantile } from './conformal-quantile.ts';
export { pearson, spearman } from './correlation.ts';
export { betaCdf } from './distributions/beta-cdf.ts';
export { betaQuantile } from './distributions/beta-quantile.ts';
export { binomialTail } from './distributions/binomial-tail.ts';
export { chiSquareQuantile } from './distributions/chi-square-quantile.ts';
export { chiSquareSurvival } from './distributions/chi-square-survival.ts';
export { normalCdf } from './distributions/normal-cdf.ts';
export { normalQuantile } from './distributions/normal-quantile.ts';
export { studentTCdf } from './distributions/student-t-cdf.ts';
export { studentTQuantile } from './distributions/student-t-quantile.ts';
export { fixedSequenceTest } from './fixed-sequence-test.ts';
export { hoeffdingBentkusPValue } from './hoeffding-bentkus-p-value.ts';
export { hoeffdingPValue } from './hoeffding-p-value.ts';
export { benjaminiHochberg } from './hypothesis-tests/benjamini-hochberg.ts';
export {
  type EquivalenceQuestion,
  type EquivalenceResult,
  equivalenceTest,
} from './hypothesis-tests/equivalence-test.ts';
export { holm } from './hypothesis-tests/holm.ts';
export { mcnemarExact } from './hypothesis-tests/mcnemar-exact.ts';
export { pairedTTest } from './hypothesis-tests/paired-t-test.ts';
export type { TestResult } from './hypothesis-tests/test-result.ts';
export { type WilcoxonOptions, wilcoxonSignedRank } from './hypothesis-tests/wilcoxon-signed-rank.ts';
export type { Interval } from './interval.ts';
export { type IsotonicFit, isotonicRegression, isotonicValue, type WeightedPoint } from './isotonic-regression.ts';
export { kolmogorovSmirnov } from './kolmogorov-smirnov.ts';
export { type DawidSkeneFit, type DawidSkeneOptions, dawidSkene, type RaterLabel } from './label-errors/dawid-skene.ts';
export { type Counted, type RoganGladenInput, roganGladen } from './label-errors/rogan-gladen.ts';
export { mean, variance } from './mean.ts';
export { meanInterval } from './mean-interval.ts';
export { type LowerBoundOptions, meanLowerBound } from './mean-lower-bound.ts';
export { pairedDifferenceInterval } from './paired-difference-interval.ts';
export {
  type PpiDifference,
  type PpiDifferenceInput,
  ppiDifference,
  type ScoredCase,
} from './prediction-powered/ppi-difference.ts';
export type { PpiEstimate, PpiOptions } from './prediction-powered/ppi-estimate.ts';
export { type PpiMeanInput, ppiMean } from './prediction-powered/ppi-mean.ts';
export type { LabelledRow, PredictedRow } from './prediction-powered/ppi-rows.ts';
export { proportionInterval } from './proportion-interval.ts';
export { quantile } from './quantile.ts';
export { ranks } from './ranks.ts';
export { type Random, seededRandom } from './seeded-random.ts';
export {
  type AsymptoticSequenceOptions,
  asymptoticConfidenceSequence,
} from './sequential/asymptotic-confidence-sequence.ts';
export {
  type MixtureSprtOptions,
  type MixtureSprtState,
  mixtureSprt,
  updateMixtureSprt,
} from './sequential/mixture-sprt.ts';
export {
  type SprtHypotheses,
  updateWaldSprt,
  type WaldSprtOptions,
  type WaldSprtState,
  waldSprt,
} from './sequential/wald-sprt.ts';
export { standardErrorOfMean } from './standard-error-of-mean.ts';
export { sumPredictionInterval } from './sum-prediction-interval.ts';
export { type Summary, summarise } from './summarise.ts';
export type { MeanHypothesis, Range } from './unit-scale.ts';
