/** Running means of a tensor's gradients and of their squares, with the tensor's size. */
export type Moments = { first: Float32Array; second: Float32Array };

/** Decay rates of the two means, weight decay (per step and learning rate) and the term that keeps divisions finite. */
export const ADAMW = { firstDecay: 0.9, secondDecay: 0.98, weightDecay: 0.01, epsilon: 1e-8 } as const;

export type AdamWStep = {
  learningRate: number;
  /** How often these weights have been updated, this time included: 1 on the first. */
  updates: number;
  /** Factor on the gradient, below 1 where it is clipped. */
  clip: number;
  decays: boolean;
};

/** One update of AdamW (Loshchilov and Hutter 2019), in place. */
export function adamw(weights: Float32Array, gradient: Float32Array, moments: Moments, step: AdamWStep): void {
  const { firstDecay, secondDecay, weightDecay, epsilon } = ADAMW;
  const { first, second } = moments;
  const kept = step.decays ? 1 - step.learningRate * weightDecay : 1;
  const rate = step.learningRate / (1 - firstDecay ** step.updates);
  const correction = 1 / (1 - secondDecay ** step.updates);
  for (let i = 0; i < gradient.length; i += 1) {
    const g = (gradient[i] ?? 0) * step.clip;
    const m = firstDecay * (first[i] ?? 0) + (1 - firstDecay) * g;
    const v = secondDecay * (second[i] ?? 0) + (1 - secondDecay) * g * g;
    first[i] = m;
    second[i] = v;
    weights[i] = kept * (weights[i] ?? 0) - (rate * m) / (Math.sqrt(v * correction) + epsilon);
  }
}

/** Learning rate at a step (from 0): up linearly over the share `warmUp` of all steps, then down linearly to nothing. */
export function learningRateAt(
  step: number,
  steps: number,
  { peak, warmUp }: { peak: number; warmUp: number },
): number {
  const rising = Math.max(1, Math.round(steps * warmUp));
  return step < rising ? (peak * (step + 1)) / rising : (peak * (steps - step)) / Math.max(1, steps - rising);
}

export function sumOfSquares(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += (values[i] ?? 0) ** 2;
  return sum;
}
