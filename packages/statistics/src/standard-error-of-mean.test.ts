import { describe, expect, it } from 'vitest';
import { clusteredError, meanDeviations } from './clustered-error.ts';
import { variance } from './mean.ts';
import { standardErrorOfMean } from './standard-error-of-mean.ts';

describe('standardErrorOfMean', () => {
  const error = standardErrorOfMean((row: { score: number }) => row.score);
  const unit = (...scores: number[]) => scores.map((score) => ({ score }));

  it('is s / sqrt(n) for single rows', () => {
    expect(error([unit(1), unit(4), unit(2), unit(7)])).toBeCloseTo(Math.sqrt(variance([1, 4, 2, 7]) / 4), 14);
  });

  it('is that of unit totals for units of several, as the prediction-powered mean has it', () => {
    const units = [unit(1, 2), unit(5), unit(3, 3, 4)];
    const sample = { values: [1, 2, 5, 3, 3, 4], units: ['a', 'a', 'b', 'c', 'c', 'c'] };
    expect(error(units)).toBeCloseTo(clusteredError([meanDeviations(sample)]), 14);
    expect(error([unit(1, 1, 1), unit(4, 4, 4)])).toBeCloseTo(error([unit(1), unit(4)]) ?? 0, 14);
  });

  it('does not exist for one unit', () => {
    expect(error([unit(1, 2, 3)])).toBeUndefined();
    expect(error([])).toBeUndefined();
  });
});
