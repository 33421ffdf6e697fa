import type { Measured } from '../evaluation/measured.ts';

/** A number with its interval in words, or that there were too few samples. */
function say(measured: Measured, show: (value: number) => string): string {
  if ('tooFew' in measured) return 'too few samples';
  return `${show(measured.value)} [${show(measured.low)}, ${show(measured.high)}]`;
}

const signed = (value: number, digits: number): string => `${value >= 0 ? '+' : ''}${value.toFixed(digits)}`;

/** Points of a hundred. */
export const sayPoints = (measured: Measured): string => say(measured, (value) => signed(100 * value, 2));
export const sayShare = (measured: Measured): string => say(measured, (value) => `${(100 * value).toFixed(1)} %`);
export const sayLoss = (measured: Measured): string => say(measured, (value) => signed(value, 4));
