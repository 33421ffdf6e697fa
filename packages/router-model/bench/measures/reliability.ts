/** Predictions of about the same quality, and what came of them. */
export type ReliabilityBin = { predicted: number; observed: number; count: number };

export type Reliability = {
  count: number;
  /** Mean distance between predicted and observed quality over the bins, by share of predictions (Naeini et al. 2015). */
  expectedError: number;
  /** Mean observed less mean predicted quality. */
  bias: number;
  bins: ReliabilityBin[];
};

const BINS = 10;

/** Reliability over ten bins of equal width; outcomes may be anything in [0, 1]. */
export function measureReliability(cells: readonly { predicted: number; observed: number }[]): Reliability {
  const sums = Array.from({ length: BINS }, () => ({ predicted: 0, observed: 0, count: 0 }));
  for (const { predicted, observed } of cells) {
    const bin = sums[Math.min(BINS - 1, Math.floor(predicted * BINS))];
    if (bin === undefined) throw new RangeError(`a predicted quality lies in [0, 1], got ${predicted}`);
    bin.predicted += predicted;
    bin.observed += observed;
    bin.count += 1;
  }
  const distance = sums.reduce((sum, { predicted, observed }) => sum + Math.abs(predicted - observed), 0);
  const excess = sums.reduce((sum, { predicted, observed }) => sum + observed - predicted, 0);
  return {
    count: cells.length,
    expectedError: distance / cells.length,
    bias: excess / cells.length,
    bins: sums
      .filter(({ count }) => count > 0)
      .map(({ predicted, observed, count }) => ({ predicted: predicted / count, observed: observed / count, count })),
  };
}
