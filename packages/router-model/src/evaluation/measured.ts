import type { Interval } from '@pointsman/statistics';
import { z } from 'zod';

/** A measured value with its 95 % interval, or that there were too few samples to say. */
export const measuredSchema = z.union([
  z.object({ value: z.number(), low: z.number(), high: z.number() }),
  z.object({ tooFew: z.literal(true) }),
]);
export type Measured = z.infer<typeof measuredSchema>;

export function measuredFrom(interval: Interval): Measured {
  if ('tooFew' in interval) return { tooFew: true };
  return { value: interval.estimate, low: interval.low, high: interval.high };
}

/** Whether the whole interval lies above the number; false when too few samples leave it open. */
export const isAbove = (measured: Measured, number: number): boolean => 'value' in measured && measured.low > number;

/** Whether the whole interval lies below the number; false when too few samples leave it open. */
export const isBelow = (measured: Measured, number: number): boolean => 'value' in measured && measured.high < number;
