import { auc, seededRandom } from '@pointsman/statistics';
import { describe, expect, it } from 'vitest';
import { rankingOf, weightedAuc, weightedCalibrationGap, weightedMedian } from './weighted-ranking.ts';

const random = seededRandom(3);
/** Predictions with many ties. */
const cells = Array.from({ length: 120 }, (_, group) => {
  const prediction = Math.round(random() * 8) / 8;
  return { prediction, outcome: random() < prediction ? 1 : 0, group };
});
const once = new Float64Array(cells.length).fill(1);

describe('weightedAuc', () => {
  it('is the AUC when everything counts once', () => {
    const expected = auc(
      cells.map(({ prediction }) => prediction),
      cells.map(({ outcome }) => outcome > 0.5),
    );
    expect(weightedAuc(rankingOf(cells), once)).toBeCloseTo(expected ?? 0, 10);
  });

  it('counts a cell as often as its group, as if it stood there so often', () => {
    const weights = once.map((_, n) => n % 3);
    const repeated = cells.flatMap((cell, n) => Array.from({ length: n % 3 }, () => cell));
    const all = new Float64Array(cells.length).fill(1);
    expect(weightedAuc(rankingOf(cells), weights)).toBeCloseTo(weightedAuc(rankingOf(repeated), all) ?? 0, 10);
  });

  it('does not exist without both outcomes', () => {
    expect(weightedAuc(rankingOf(cells.filter(({ outcome }) => outcome === 1)), once)).toBeUndefined();
  });
});

describe('weightedCalibrationGap', () => {
  it('is what honest predictions are off by chance, and one half for certain ones about coins', () => {
    expect(weightedCalibrationGap(rankingOf(cells), once)).toBeLessThan(0.2);
    const certain = Array.from({ length: 90 }, (_, group) => ({ prediction: 1, outcome: group % 2, group }));
    expect(weightedCalibrationGap(rankingOf(certain), new Float64Array(90).fill(1))).toBeCloseTo(0.5, 10);
    expect(weightedCalibrationGap(rankingOf([]), once)).toBeUndefined();
  });
});

describe('weightedMedian', () => {
  it('is the value at half of the weight', () => {
    const values = Float64Array.of(1, 2, 3, 4);
    const groups = Int32Array.of(0, 1, 2, 3);
    expect(weightedMedian(values, groups, Float64Array.of(1, 1, 1, 0))).toBe(2);
    expect(weightedMedian(values, groups, Float64Array.of(1, 1, 1, 9))).toBe(4);
    expect(weightedMedian(values, groups, new Float64Array(4))).toBeUndefined();
  });
});
