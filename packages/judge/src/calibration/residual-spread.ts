import { mean } from '@pointsman/statistics';
import type { Calibration } from './calibration-schema.ts';
import type { HeldOut } from './cross-validate.ts';

const MOST_LEVELS = 5;
/** Fewer labels give no usable spread. */
const LEAST_LABELS = 20;

/** How far ratings lie from held-out predictions, for up to five ranges of prediction of about equally many labels. */
export function residualSpread(heldOut: readonly HeldOut[]): Calibration['spread'] {
  const byLabel = [...Map.groupBy(heldOut, ({ label }) => label)].map(([label, repeats]) => ({
    predicted: mean(repeats.map(({ predicted }) => predicted)),
    square: mean(repeats.map(({ predicted }) => (predicted - label.target) ** 2)),
  }));
  const ascending = byLabel.toSorted((a, b) => a.predicted - b.predicted);
  const levels = Math.max(1, Math.min(MOST_LEVELS, Math.floor(ascending.length / LEAST_LABELS)));
  const size = Math.ceil(ascending.length / levels);
  return Array.from({ length: levels }, (_, level) => {
    const part = ascending.slice(level * size, (level + 1) * size);
    return {
      upTo: part.at(-1)?.predicted ?? Number.MAX_VALUE,
      rms: Math.sqrt(mean(part.map(({ square }) => square))),
      labels: part.length,
    };
  });
}

/** The spread at a calibrated value. */
export function spreadAt(spread: Calibration['spread'], value: number): number {
  return (spread.find(({ upTo }) => value <= upTo) ?? spread.at(-1))?.rms ?? Number.NaN;
}
