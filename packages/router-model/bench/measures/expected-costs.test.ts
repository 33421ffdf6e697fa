import { describe, expect, it } from 'vitest';
import { poolRow } from '../test-rows.ts';
import { dearestCost, fitCosts } from './expected-costs.ts';

const rowOf = (characters: number, costs: number[]) =>
  poolRow({ quality: costs.map(() => 1), costUsd: costs, text: 'x'.repeat(characters) });
const TRAIN = [rowOf(100, [1, 4]), rowOf(300, [3, 4])];

describe('fitCosts', () => {
  it('follows the length of the prompt where the cost did', () => {
    const [first = 0, second = 0] = fitCosts(TRAIN, 2)(rowOf(200, [0, 0]));
    expect(first).toBeCloseTo(2);
    expect(second).toBeCloseTo(4);
  });

  it('never expects a cost near nothing or below', () => {
    // The line would be at zero; a tenth of the mean is kept.
    expect(fitCosts(TRAIN, 2)(rowOf(0, [0, 0]))[0]).toBeCloseTo(0.2);
  });
});

describe('dearestCost', () => {
  it('is the mean cost of the dearest model', () => {
    expect(dearestCost(TRAIN)).toBe(4);
  });
});
