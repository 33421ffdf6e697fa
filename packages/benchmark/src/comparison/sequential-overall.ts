import type { EvaluationVerdict, MeasuredValue, MetricComparison } from '@pointsman/contracts';
import { confidenceSequence } from '@pointsman/statistics';
import { pairedValue } from './case-values.ts';
import type { Pair } from './compare-metrics.ts';

/** What the overall difference is known to be, however often one looked: the interval holds at all times together. */
export type SequentialState = { difference: MeasuredValue; verdict: EvaluationVerdict };

/**
 * The state of a sequential comparison after these pairs, in the order in which they were taken. Ends in `pass` once the
 * candidate is shown not to be worse by the minimum effect, in `regression` once it is shown to be worse.
 *
 * By a confidence sequence for bounded differences (Waudby-Smith and Ramdas 2024), so that stopping on what it shows keeps
 * the level. A pair whose score is missing counts as the worst for a pass and as the best for a regression.
 */
export function sequentialOverall(
  pairs: readonly Pair[],
  { minEffect, confidence }: { minEffect: number; confidence: number },
): SequentialState {
  const values = pairs.map(({ candidate, baseline }) =>
    baseline === undefined ? undefined : pairedValue(candidate, baseline, 'overall')?.predicted,
  );
  const sequenceOf = (missing: number) =>
    confidenceSequence(
      values.map((value) => value ?? missing),
      { low: -1, high: 1, confidence },
    );
  const [worst, best] = [sequenceOf(-1), sequenceOf(1)];
  if ('tooFew' in worst || 'tooFew' in best) return { difference: { tooFew: true, n: 0 }, verdict: 'inconclusive' };
  const difference = { ...worst, estimate: (worst.estimate + best.estimate) / 2, low: worst.low, high: best.high };
  const verdict = worst.low > -minEffect ? 'pass' : best.high < 0 ? 'regression' : 'inconclusive';
  return { difference, verdict };
}

/** The overall metric of a run that was ended by looking at it: its interval and verdict are those of the sequence. */
export function asSequential(comparison: MetricComparison, { difference, verdict }: SequentialState): MetricComparison {
  const { p: _p, adjustedP: _adjusted, bounds: _bounds, ...rest } = comparison;
  const direction = 'tooFew' in difference ? 'unclear' : directionOf(difference, comparison.minEffect);
  return { ...rest, difference, verdict, direction };
}

function directionOf({ low, high }: { low: number; high: number }, minEffect: number): MetricComparison['direction'] {
  if (high < 0) return 'worse';
  if (low > 0) return 'better';
  return low > -minEffect && high < minEffect ? 'equivalent' : 'unclear';
}
