import { seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import { levelProbabilities, type OddsRow, proportionalOdds } from './proportional-odds.ts';

const THRESHOLDS = [-2, -0.5, 1];
const SLOPES = [1.2, -0.7];

function draw(count: number): OddsRow[] {
  const random = seededRandom('odds');
  return Array.from({ length: count }, () => {
    const x = [4 * random() - 2, 2 * random() - 1];
    const u = random();
    const latent = (SLOPES[0] ?? 0) * (x[0] ?? 0) + (SLOPES[1] ?? 0) * (x[1] ?? 0) + Math.log(u / (1 - u));
    const level = THRESHOLDS.filter((threshold) => latent > threshold).length;
    return { x, shares: [0, 1, 2, 3].map((one) => (one === level ? 1 : 0)) };
  });
}

describe('proportionalOdds', () => {
  it('finds the thresholds and slopes that ratings were drawn with', () => {
    const { thresholds, slopes } = proportionalOdds(draw(6000), 4, 1e-9);
    for (const [index, threshold] of THRESHOLDS.entries()) expect(thresholds[index]).toBeCloseTo(threshold, 0);
    for (const [index, slope] of SLOPES.entries()) expect(Math.abs((slopes[index] ?? 0) - slope)).toBeLessThan(0.12);
  });

  it('stands where no small step raises the penalised likelihood', () => {
    const rows = draw(300);
    const penalty = 0.05;
    const fit = proportionalOdds(rows, 4, penalty);
    const objective = (at: typeof fit) =>
      rows.reduce((sum, { x, shares }) => {
        const probabilities = levelProbabilities(at, x);
        return sum + shares.reduce((own, share, level) => own + share * Math.log(probabilities[level] ?? 0), 0);
      }, 0) /
        rows.length -
      (penalty / 2) * at.slopes.reduce((sum, slope) => sum + slope ** 2, 0);
    const best = objective(fit);
    for (const step of [-1e-3, 1e-3]) {
      expect(
        objective({ ...fit, thresholds: fit.thresholds.map((value, i) => value + (i === 1 ? step : 0)) }),
      ).toBeLessThan(best);
      expect(objective({ ...fit, slopes: fit.slopes.map((value, i) => value + (i === 0 ? step : 0)) })).toBeLessThan(
        best,
      );
    }
  });

  it('is the logistic regression of the log odds when there are two levels and no input', () => {
    const rows = Array.from({ length: 10 }, (_, index) => ({ x: [], shares: index < 3 ? [1, 0] : [0, 1] }));
    expect(proportionalOdds(rows, 2, 1e-4).thresholds[0]).toBeCloseTo(Math.log(0.3 / 0.7), 6);
  });

  it('keeps a slope finite where the input tells the levels apart without error', () => {
    const rows = Array.from({ length: 40 }, (_, index) => ({
      x: [index < 20 ? -1 : 1],
      shares: index < 20 ? [1, 0, 0] : [0, 0.5, 0.5],
    }));
    const { slopes, thresholds } = proportionalOdds(rows, 3, 1e-4);
    expect(slopes[0]).toBeGreaterThan(2);
    expect(slopes[0]).toBeLessThan(30);
    expect(levelProbabilities({ slopes, thresholds }, [-1])[0]).toBeGreaterThan(0.99);
  });
});
