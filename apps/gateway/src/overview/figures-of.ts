import type { Figure, OverviewFigures } from '@pointsman/contracts';
import type { RollupSums } from '@pointsman/db';
import { normalQuantile, proportionInterval } from '@pointsman/statistics';

/** Below this many decisions a number is shown without an interval, as too few to say. */
export const FEWEST = 30;
const PPM = 1_000_000;
const NANO_PER_MICRO = 1000;
const Z = normalQuantile(0.975);

/** What sums of decisions say, each number with its interval. */
export function figuresOf(sums: RollupSums): OverviewFigures {
  const { answered, cached, refused, failed, abandoned } = sums;
  return {
    requests: sums.requests,
    outcomes: { answered, cached, refused, failed, abandoned },
    spend: {
      exactNanoUsd: sums.exactCostNanoUsd,
      estimatedNanoUsd: sums.estimatedCostNanoUsd,
      unknownCount: sums.unknownCostCount,
    },
    tokens: {
      input: sums.inputTokens,
      cachedInput: sums.cachedInputTokens,
      output: sums.outputTokens,
      unknownCount: sums.unknownUsageCount,
    },
    quality: qualityOf(sums),
    saved: savedOf(sums),
    oversized: expectedShare(sums.oversizedSumPpm, sums.barCount),
    undersized: expectedShare(sums.undersizedSumPpm, sums.barCount),
    errors: shareOf(failed, sums.requests - refused),
  };
}

/** A share that was counted, with Wilson's interval. */
export function shareOf(part: number, count: number): Figure {
  if (count === 0) return { count };
  return { value: part / count, ...shareInterval(part, count), count };
}

/**
 * The mean of probabilities, as the share it predicts. Their sum varies at most as a binomial count with their mean does
 * (Hoeffding 1956), so that Wilson's interval for the rounded sum is never too narrow.
 */
function expectedShare(sumPpm: number, count: number): Figure {
  if (count === 0) return { count };
  return { value: sumPpm / (PPM * count), ...shareInterval(Math.round(sumPpm / PPM), count), count };
}

function shareInterval(part: number, count: number): Pick<Figure, 'interval'> {
  if (count < FEWEST) return {};
  const interval = proportionInterval(part, count);
  return 'tooFew' in interval ? {} : { interval: { low: interval.low, high: interval.high } };
}

type QualitySums = Pick<RollupSums, 'qualityCount' | 'qualitySumPpm' | 'qualityVarianceSumPpm'>;

/** The mean estimated quality of what was added up; its interval takes errors of single estimates as independent. */
export function qualityOf({ qualityCount: count, qualitySumPpm, qualityVarianceSumPpm }: QualitySums): Figure {
  if (count === 0) return { count };
  const value = qualitySumPpm / (PPM * count);
  if (count < FEWEST) return { value, count };
  const margin = (Z * Math.sqrt(qualityVarianceSumPpm / PPM)) / count;
  return { value, interval: { low: Math.max(0, value - margin), high: Math.min(1, value + margin) }, count };
}

/**
 * The strongest's cost is estimated, what was paid is known: the interval is that of the former. It takes each reply of the
 * strongest to miss its expected cost on its own, and does not cover lengths that are expected wrongly on average.
 */
function savedOf(sums: RollupSums): OverviewFigures['saved'] {
  const { strongestCount: count, strongestCostNanoUsd: strongest, strongestPaidNanoUsd: paid } = sums;
  const amounts = { strongestNanoUsd: strongest, paidNanoUsd: paid };
  if (count === 0) return { nanoUsd: { count }, share: { count }, ...amounts };
  const saved = (atStrongest: number): number => atStrongest - paid;
  // Nothing to save where the strongest is free.
  const share = (atStrongest: number): number => (atStrongest > 0 ? saved(atStrongest) / atStrongest : 0);
  if (count < FEWEST) {
    return { nanoUsd: { value: saved(strongest), count }, share: { value: share(strongest), count }, ...amounts };
  }
  const margin = Z * Math.sqrt(sums.strongestVarianceMicroUsd2) * NANO_PER_MICRO;
  const [low, high] = [Math.max(0, strongest - margin), strongest + margin];
  return {
    nanoUsd: { value: saved(strongest), interval: { low: saved(low), high: saved(high) }, count },
    share: { value: share(strongest), interval: { low: share(low), high: share(high) }, count },
    ...amounts,
  };
}
