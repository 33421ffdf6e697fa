import { auc } from '@pointsman/statistics';
import { at } from './matrix.ts';

/** Probabilities are clipped to [0.001, 0.999] so that one certain error does not decide the mean. */
export function logLoss(outcome: number, probability: number): number {
  const p = Math.min(Math.max(probability, 0.001), 0.999);
  return -(outcome * Math.log(p) + (1 - outcome) * Math.log(1 - p));
}

export const squaredError = (outcome: number, probability: number): number => (outcome - probability) ** 2;

/** How well predictions rank graded outcomes, those above one half counting as successes; see `auc`. */
export function rankingSkill(outcomes: readonly number[], predictions: readonly number[]): number | undefined {
  return auc(
    predictions,
    outcomes.map((outcome) => outcome > 0.5),
  );
}

const BINS = 15;

/**
 * Mean absolute gap between predicted and observed means over 15 bins of equally many predictions. Unlike the expected
 * calibration error of `@pointsman/statistics` it takes graded outcomes. `undefined` of nothing.
 */
export function calibrationGap(outcomes: readonly number[], predictions: readonly number[]): number | undefined {
  if (outcomes.length === 0) return undefined;
  const order = outcomes.map((_, i) => i).sort((a, b) => at(predictions, a) - at(predictions, b));
  let gap = 0;
  for (let bin = 0; bin < BINS; bin += 1) {
    const members = order.slice(Math.floor((bin * order.length) / BINS), Math.floor(((bin + 1) * order.length) / BINS));
    gap += Math.abs(members.reduce((sum, i) => sum + at(outcomes, i) - at(predictions, i), 0));
  }
  return gap / order.length;
}
