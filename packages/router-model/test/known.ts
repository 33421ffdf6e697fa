import type { Measured } from '../src/evaluation/measured.ts';

/** A measured value with its interval; throws where there were too few samples. */
export function known(measured: Measured | undefined): { value: number; low: number; high: number } {
  if (measured === undefined || 'tooFew' in measured) throw new Error('too few samples');
  return measured;
}
