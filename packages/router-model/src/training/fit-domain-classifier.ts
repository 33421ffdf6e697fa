import { at, type Matrix, rowOf, zeros } from '../mathematics/matrix.ts';
import { classProbabilities } from '../mathematics/softmax.ts';

export type ClassifierOptions = { classes: number; rows: ArrayLike<number>; random: () => number };

const EPOCHS = 8;
const BATCH = 256;
const LEARNING_RATE = 0.02;
const DECAY = 3e-4;

/**
 * Softmax regression by Adam with a linearly falling step.
 * `labels` holds a class per row of `features`; only `options.rows` are learned from.
 * Returns weights of shape features x classes. A discriminant analysis in closed form was tried first: it confused
 * competition mathematics with school mathematics, which cost half of what the residuals gain.
 */
export function fitDomainClassifier(features: Matrix, labels: ArrayLike<number>, options: ClassifierOptions): Matrix {
  const { classes, random } = options;
  const weights = zeros(features.columns, classes);
  const gradient = zeros(features.columns, classes);
  const moments = { first: new Float64Array(weights.data.length), second: new Float64Array(weights.data.length) };
  const order = Int32Array.from(options.rows);
  const steps = Math.max(1, Math.ceil(order.length / BATCH)) * EPOCHS;
  let step = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    shuffle(order, random);
    for (let start = 0; start < order.length; start += BATCH) {
      const batch = order.subarray(start, start + BATCH);
      gradient.data.fill(0);
      for (const row of batch) addGradient(rowOf(features, row), at(labels, row), weights, gradient);
      step += 1;
      adam({ weights: weights.data, gradient: gradient.data, moments, batch: batch.length, step, steps });
    }
  }
  return weights;
}

function addGradient(features: Float64Array, label: number, weights: Matrix, gradient: Matrix): void {
  const errors = classProbabilities(features, weights);
  errors[label] = (errors[label] ?? 0) - 1;
  const classes = errors.length;
  const { data } = gradient;
  for (let k = 0; k < features.length; k += 1) {
    const value = features[k] ?? 0;
    if (value === 0) continue;
    const offset = k * classes;
    for (let c = 0; c < classes; c += 1) data[offset + c] = (data[offset + c] ?? 0) + value * (errors[c] ?? 0);
  }
}

type AdamStep = {
  weights: Float64Array;
  gradient: Float64Array;
  moments: { first: Float64Array; second: Float64Array };
  batch: number;
  step: number;
  steps: number;
};

/** One step of Adam (Kingma, Ba 2015) with its usual constants. */
function adam({ weights, gradient, moments, batch, step, steps }: AdamStep): void {
  const rate = LEARNING_RATE * (1 - (step - 1) / steps);
  const firstCorrection = 1 - 0.9 ** step;
  const secondCorrection = 1 - 0.999 ** step;
  for (let i = 0; i < weights.length; i += 1) {
    const g = (gradient[i] ?? 0) / batch + DECAY * (weights[i] ?? 0);
    const first = 0.9 * (moments.first[i] ?? 0) + 0.1 * g;
    const second = 0.999 * (moments.second[i] ?? 0) + 0.001 * g * g;
    moments.first[i] = first;
    moments.second[i] = second;
    weights[i] = (weights[i] ?? 0) - (rate * (first / firstCorrection)) / (Math.sqrt(second / secondCorrection) + 1e-8);
  }
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const swapped = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = swapped;
  }
}
