import { describe, expect, it } from 'vitest';
import { coverageByLabel, coverageByModel, type PredictedRequest } from './interval-coverage.ts';

const request = (label: string, spread: number, quality: number[]): PredictedRequest => ({
  label,
  means: Float64Array.from(quality, () => 0.5),
  spreads: Float64Array.from(quality, () => spread),
  quality: Float64Array.from(quality),
});

describe('coverageByLabel', () => {
  it('covers what the spread allows for and misses what it does not', () => {
    // Models that agree show no luck: only the spread is left to explain an error of a half.
    const covered = coverageByLabel([
      request('wide', 0.4, [1, 1]),
      request('narrow', 0.2, [1, 1]),
      request('narrow', 0.4, [0, 0]),
    ]);
    expect(covered).toEqual([
      { label: 'wide', count: 1, covered: 1 },
      { label: 'narrow', count: 2, covered: 0.5 },
    ]);
  });
});

describe('coverageByModel', () => {
  it('asks of each model in how many domains its mean outcome was expected, as requests err alike or not', () => {
    // A spread of 0.1 allows for 0.21 on the mean of 40 when all err alike, for 0.13 when each for itself.
    const many = (label: string, quality: number[], other: number[]) =>
      Array.from({ length: 40 }, (_, n) => request(label, 0.1, n % 10 < 7 ? quality : other));
    const requests = [
      ...Array.from({ length: 40 }, (_, n) => request('fair', 0.1, n % 2 === 0 ? [1, 0] : [0, 1])),
      ...many('odd', [1, 1], [1, 0]),
      request('rare', 0.1, [1, 1]),
    ];
    expect(coverageByModel(requests, ['first', 'second'])).toEqual([
      { label: 'first', groups: 2, alike: 0.5, independent: 0.5 },
      { label: 'second', groups: 2, alike: 1, independent: 0.5 },
    ]);
  });
});
