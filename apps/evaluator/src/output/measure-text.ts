import type { MeasuredValue } from '@pointsman/contracts';

/** An estimate with its interval, or that there are too few samples for one. */
export function measureText(value: MeasuredValue, digits: number = 2): string {
  if ('tooFew' in value) return 'too few samples';
  return `${value.estimate.toFixed(digits)} (${value.low.toFixed(digits)} to ${value.high.toFixed(digits)})`;
}
