import { expect } from 'vitest';
import { type Interval, normalQuantile, type Random, seededRandom } from '../src/index.ts';

const TRIALS = 1000;

/** The share of simulated samples whose interval contains the truth. */
export function coverage(seed: string, truth: number, interval: (random: Random, trial: number) => Interval): number {
  const random = seededRandom(seed);
  let covered = 0;
  for (let trial = 0; trial < TRIALS; trial++) {
    const result = interval(random, trial);
    if (!('tooFew' in result) && result.low <= truth && truth <= result.high) covered++;
  }
  return covered / TRIALS;
}

export function expectHonest(share: number): void {
  expect(share).toBeGreaterThanOrEqual(0.93);
  expect(share).toBeLessThanOrEqual(0.97);
}

export const normal = (random: Random) => normalQuantile(random() || 0.5);
export const exponential = (random: Random) => -Math.log(1 - random());
export const sample = (n: number, draw: () => number) => Array.from({ length: n }, draw);
