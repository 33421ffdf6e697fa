/** Outcomes in the order of their predictions, each with the group whose weight it carries. */
export type Ranking = {
  predictions: Float64Array;
  outcomes: Float64Array;
  groups: Int32Array;
};

/** Sorts once, so that a resample needs a single pass. */
export function rankingOf(cells: readonly { prediction: number; outcome: number; group: number }[]): Ranking {
  const sorted = cells.toSorted((a, b) => a.prediction - b.prediction);
  return {
    predictions: Float64Array.from(sorted, ({ prediction }) => prediction),
    outcomes: Float64Array.from(sorted, ({ outcome }) => outcome),
    groups: Int32Array.from(sorted, ({ group }) => group),
  };
}

/**
 * Probability that a success is ranked above a failure, ties counting half; outcomes above one half are successes.
 * `undefined` without both.
 */
export function weightedAuc({ predictions, outcomes, groups }: Ranking, weights: Float64Array): number | undefined {
  let [successes, failures, wins] = [0, 0, 0];
  for (let start = 0; start < predictions.length; ) {
    let [tiedSuccesses, tiedFailures, end] = [0, 0, start];
    for (; end < predictions.length && predictions[end] === predictions[start]; end += 1) {
      const weight = weights[groups[end] ?? 0] ?? 0;
      if ((outcomes[end] ?? 0) > 0.5) tiedSuccesses += weight;
      else tiedFailures += weight;
    }
    wins += tiedSuccesses * (failures + tiedFailures / 2);
    successes += tiedSuccesses;
    failures += tiedFailures;
    start = end;
  }
  return successes === 0 || failures === 0 ? undefined : wins / (successes * failures);
}

const BINS = 15;

/** Mean absolute gap between predicted and observed means over 15 bins of equal weight, by prediction. */
export function weightedCalibrationGap(
  { predictions, outcomes, groups }: Ranking,
  weights: Float64Array,
): number | undefined {
  let total = 0;
  for (const group of groups) total += weights[group] ?? 0;
  if (total === 0) return undefined;
  let [gap, passed, bin, own] = [0, 0, 0, 0];
  for (let n = 0; n < predictions.length; n += 1) {
    const weight = weights[groups[n] ?? 0] ?? 0;
    if (passed * BINS >= (bin + 1) * total) {
      gap += Math.abs(own);
      own = 0;
      bin += 1;
    }
    own += weight * ((outcomes[n] ?? 0) - (predictions[n] ?? 0));
    passed += weight;
  }
  return (gap + Math.abs(own)) / total;
}

/** The median of values in ascending order; `undefined` without weight. */
export function weightedMedian(values: Float64Array, groups: Int32Array, weights: Float64Array): number | undefined {
  let total = 0;
  for (const group of groups) total += weights[group] ?? 0;
  let passed = 0;
  for (let n = 0; n < values.length; n += 1) {
    passed += weights[groups[n] ?? 0] ?? 0;
    if (passed * 2 >= total && total > 0) return values[n];
  }
  return undefined;
}
