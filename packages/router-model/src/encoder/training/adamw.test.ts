import { describe, expect, it } from 'vitest';
import { ADAMW, adamw, learningRateAt, type Moments } from './adamw.ts';
import { sumByToken, updateRows } from './token-table.ts';

const momentsFor = (size: number): Moments => ({ first: new Float32Array(size), second: new Float32Array(size) });

describe('adamw', () => {
  it('makes a first step as long as the learning rate, whatever the size of the gradient', () => {
    const weights = Float32Array.of(1, 1, 1);
    const step = { learningRate: 0.1, updates: 1, clip: 1, decays: false };
    adamw(weights, Float32Array.of(1e-3, -50, 0), momentsFor(3), step);
    [0.9, 1.1, 1].forEach((expected, i) => {
      expect(weights[i]).toBeCloseTo(expected, 4);
    });
  });

  it('follows the published recursion, gradient clipped and weight decayed', () => {
    const weights = Float32Array.of(2);
    const moments = momentsFor(1);
    const { firstDecay, secondDecay, weightDecay, epsilon } = ADAMW;
    let [w, m, v] = [2, 0, 0];
    [3, -1, 0.5].forEach((gradient, i) => {
      const updates = i + 1;
      adamw(weights, Float32Array.of(gradient), moments, { learningRate: 0.1, updates, clip: 0.5, decays: true });
      m = firstDecay * m + (1 - firstDecay) * gradient * 0.5;
      v = secondDecay * v + (1 - secondDecay) * (gradient * 0.5) ** 2;
      const step = m / (1 - firstDecay ** updates) / (Math.sqrt(v / (1 - secondDecay ** updates)) + epsilon);
      w -= 0.1 * (step + weightDecay * w);
      expect(weights[0]).toBeCloseTo(w, 5);
    });
  });
});

describe('updateRows', () => {
  const table = () => ({
    width: 2,
    weights: new Float32Array(8),
    moments: momentsFor(8),
    updates: new Float32Array(4),
  });

  it('adds up the gradients of equal tokens and leaves padding and other tokens alone', () => {
    const own = table();
    const rows = sumByToken(Int32Array.of(3, 0, 1, 3), Float32Array.of(1, 1, 9, 9, 4, -4, 1, -3), 2);
    expect(rows).toEqual({ ids: [3, 1], values: Float32Array.of(2, -2, 4, -4) });
    updateRows(own, rows, { learningRate: 0.1, clip: 1, decays: false });
    expect(Array.from(own.weights, (weight) => Math.round(weight * 10) + 0)).toEqual([0, 0, -1, 1, 0, 0, -1, 1]);
    expect([...own.updates]).toEqual([0, 1, 0, 1]);
  });

  it('corrects the moments by how often a row was updated, so that a rare token moves as far as a frequent one', () => {
    const own = table();
    const step = { learningRate: 0.1, clip: 1, decays: false };
    for (let i = 0; i < 20; i += 1) updateRows(own, { ids: [1], values: Float32Array.of(1, 1) }, step);
    updateRows(own, { ids: [2], values: Float32Array.of(1, 1) }, step);
    expect(own.weights[2]).toBeCloseTo(-2, 4);
    expect(own.weights[4]).toBeCloseTo(-0.1, 4);
  });
});

describe('learningRateAt', () => {
  it('rises to its peak over the warm-up and falls to nearly nothing', () => {
    const rates = Array.from({ length: 20 }, (_, step) => learningRateAt(step, 20, { peak: 1, warmUp: 0.2 }));
    expect(rates.slice(0, 5)).toEqual([0.25, 0.5, 0.75, 1, 1]);
    expect(rates.at(-1)).toBeCloseTo(1 / 16, 10);
    expect(rates.slice(4).every((rate, i, falling) => i === 0 || rate < (falling[i - 1] ?? 0))).toBe(true);
  });
});
