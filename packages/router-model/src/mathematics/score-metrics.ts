import { auc } from '@pointsman/statistics';

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
