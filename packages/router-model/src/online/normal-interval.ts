import { type Interval, normalQuantile } from '@pointsman/statistics';
import type { Normal } from '../model/normal.ts';

const CONFIDENCE = 0.95;

/** The central 95 % of a normal belief that rests on `n` observations; a belief has an interval from none of them on. */
export function normalInterval({ mean, variance }: Normal, n: number): Interval {
  const reach = normalQuantile((1 + CONFIDENCE) / 2) * Math.sqrt(variance);
  return { estimate: mean, low: mean - reach, high: mean + reach, confidence: CONFIDENCE, n };
}
