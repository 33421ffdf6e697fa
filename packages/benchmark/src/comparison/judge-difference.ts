import type { EvaluationVerdict, MetricComparison } from '@pointsman/contracts';
import { equivalenceTest } from '@pointsman/statistics';
import type { MeanEstimate } from './estimate-mean.ts';

/** What missing scores could do to a difference, at worst and at best for the candidate. */
export type MissingRange = { low: number; high: number };

/** One-sided p-values of a difference, candidate less baseline. */
export type DifferenceTests = {
  /** Of "the candidate is not worse". */
  pWorse: number;
  /** Of "the candidate is not better". */
  pBetter: number;
  /** Of "the candidate is worse by the minimum effect or more". */
  pInferior: number;
  /** Of "the difference is the minimum effect or more, one way or the other" (TOST). */
  pDifferent: number;
};

const NEGLIGIBLE = 1e-12;

/** Tests with the missing scores at their worst for each claim: nothing is claimed that they could overturn. */
export function testDifference(found: MeanEstimate, missing: MissingRange, minEffect: number): DifferenceTests {
  const { standardError, degrees } = found;
  const [worst, best] = [found.estimate + missing.low, found.estimate + missing.high];
  // Two contestants that answer the same leave no variance at all: no error, no difference.
  const test = (estimate: number, low: number, high: number) =>
    equivalenceTest({ estimate, standardError: Math.max(standardError, NEGLIGIBLE), degrees, low, high });
  const pInferior = test(worst, -minEffect, 2).pLow;
  return {
    pWorse: test(best, -2, 0).pHigh,
    pBetter: test(worst, 0, 2).pLow,
    pInferior,
    pDifferent: Math.max(pInferior, test(best, -2, minEffect).pHigh),
  };
}

/** A test's p-values with those of the two claims made for many metrics corrected for their number. */
export type CorrectedTests = DifferenceTests & { adjustedWorse: number; adjustedBetter: number };

/**
 * `pass`: shown not to be worse by the minimum effect. `regression`: shown to be worse, and not shown to be negligibly so.
 * Anything else is not enough evidence.
 */
export function verdictOn(tests: CorrectedTests, alpha: number): EvaluationVerdict {
  if (tests.pInferior <= alpha) return 'pass';
  return tests.adjustedWorse <= alpha ? 'regression' : 'inconclusive';
}

export function directionOf(tests: CorrectedTests, alpha: number): MetricComparison['direction'] {
  if (tests.adjustedWorse <= alpha) return 'worse';
  if (tests.adjustedBetter <= alpha) return 'better';
  return tests.pDifferent <= alpha ? 'equivalent' : 'unclear';
}

/** Of all metrics: a regression on any is one, and all must pass to pass. */
export function overallVerdict(verdicts: readonly EvaluationVerdict[]): EvaluationVerdict {
  if (verdicts.includes('regression')) return 'regression';
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'pass') ? 'pass' : 'inconclusive';
}
