import type { Figure } from '@pointsman/contracts';

/**
 * How much one figure is above another, with the interval of the difference from those of the two (MOVER: Zou and Donner
 * 2008), as independent. Undefined when one of them is not known.
 */
export function differenceOf(now: Figure, before: Figure): Omit<Figure, 'count'> | undefined {
  if (now.value === undefined || before.value === undefined) return undefined;
  const value = now.value - before.value;
  if (now.interval === undefined || before.interval === undefined) return { value };
  const below = Math.hypot(now.value - now.interval.low, before.interval.high - before.value);
  const above = Math.hypot(now.interval.high - now.value, before.value - before.interval.low);
  return { value, interval: { low: value - below, high: value + above } };
}

/** Growth as a share of what was there before; undefined when there was nothing. */
export const growthOf = (now: number, before: number): number | undefined =>
  before === 0 ? undefined : now / before - 1;
