/** Where values lie on a plot: `place` gives a share of its width. */
export type ForestScale = { low: number; high: number; ticks: number[]; place(value: number): number };

const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 5];
const MOST_TICKS = 5;

/** A scale with round ticks that holds all values and `about`, the value that everything is compared with. */
export function forestScale(values: readonly number[], about: number): ForestScale {
  const [least, most] = [Math.min(about, ...values), Math.max(about, ...values)];
  const span = most - least || 0.1;
  const step = STEPS.find((one) => span / one <= MOST_TICKS) ?? span / MOST_TICKS;
  const first = Math.floor(least / step);
  const last = Math.max(first + 1, Math.ceil(most / step));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => tidy((first + index) * step));
  const [low, high] = [tidy(first * step), tidy(last * step)];
  return { low, high, ticks, place: (value) => (value - low) / (high - low) };
}

/** Without the last bits, which would be written as -0.000. */
const tidy = (value: number): number => Number(value.toFixed(9)) + 0;
