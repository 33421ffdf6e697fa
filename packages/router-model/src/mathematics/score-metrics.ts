import { at } from './matrix.ts';

/** Probabilities are clipped to [0.001, 0.999] so that one certain error does not decide the mean. */
export function logLoss(outcome: number, probability: number): number {
  const p = Math.min(Math.max(probability, 0.001), 0.999);
  return -(outcome * Math.log(p) + (1 - outcome) * Math.log(1 - p));
}

export const brier = (outcome: number, probability: number): number => (outcome - probability) ** 2;

/** Arithmetic mean; `undefined` of nothing. */
export function meanOf(values: ArrayLike<number>): number | undefined {
  if (values.length === 0) return undefined;
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += at(values, i);
  return sum / values.length;
}

/**
 * Probability that a success was ranked above a failure, ties counting half (Mann-Whitney). Outcomes above 0.5 are
 * successes. `undefined` when there is only one kind.
 */
export function areaUnderCurve(outcomes: ArrayLike<number>, scores: ArrayLike<number>): number | undefined {
  const order = Array.from({ length: outcomes.length }, (_, i) => i).sort((a, b) => at(scores, a) - at(scores, b));
  let successes = 0;
  let rankSum = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && at(scores, at(order, end)) === at(scores, at(order, start))) end += 1;
    for (let i = start; i < end; i += 1) {
      if (at(outcomes, at(order, i)) <= 0.5) continue;
      successes += 1;
      rankSum += (start + end + 1) / 2;
    }
    start = end;
  }
  const failures = order.length - successes;
  if (successes === 0 || failures === 0) return undefined;
  return (rankSum - (successes * (successes + 1)) / 2) / (successes * failures);
}

/** Mean absolute gap between predicted and observed frequency, over bins of equally many predictions. */
export function calibrationError(outcomes: ArrayLike<number>, scores: ArrayLike<number>, bins = 15): number | undefined {
  if (outcomes.length === 0) return undefined;
  const order = Array.from({ length: outcomes.length }, (_, i) => i).sort((a, b) => at(scores, a) - at(scores, b));
  let gap = 0;
  for (let bin = 0; bin < bins; bin += 1) {
    const members = order.slice(Math.floor((bin * order.length) / bins), Math.floor(((bin + 1) * order.length) / bins));
    gap += Math.abs(members.reduce((sum, i) => sum + at(outcomes, i) - at(scores, i), 0));
  }
  return gap / order.length;
}
