/**
 * An estimate with the range that covers the truth in a share `confidence` of repetitions, from `n` independent
 * units; or the statement that there are too few of them to say.
 */
export type Interval =
  | { estimate: number; low: number; high: number; confidence: number; n: number }
  | { tooFew: true; n: number };

export const DEFAULT_CONFIDENCE = 0.95;

export function tooFew(n: number): Interval {
  return { tooFew: true, n };
}

/** @throws RangeError unless `confidence` is strictly between 0 and 1. */
export function checkConfidence(confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`A confidence lies between 0 and 1, got ${confidence}`);
}
