import type { Floor } from './floor.ts';

/**
 * The thresholds to try, from cautious to bold. Fixed by the floor alone: a grid made from the calibration requests, even
 * from their predictions only, would no longer be a sequence set beforehand. In simulations it also saved as much as one of
 * 30 quantiles of the predictions.
 *
 * Of a share of the strongest: from 1 down to 10 times the promised gap below it (for 0.98, to 0.8), finer near 1, where
 * shrunk predictions lie close together. Of a score: the whole range, evenly.
 */
export function thresholdGrid({ kind, share }: Floor): number[] {
  const steps = Array.from({ length: STEPS + 1 }, (_, step) => step / STEPS);
  if (kind === 'share-below') return steps.map((step) => 1 - step);
  const widest = Math.min(1, WIDEST_GAP * (1 - share));
  return steps.map((step) => 1 - widest * step * step);
}

const STEPS = 60;
const WIDEST_GAP = 10;
