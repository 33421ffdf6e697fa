/** Values to the places of a drawing. */
export type PlotScale = { low: number; high: number; ticks: readonly number[] };

const STEPS = [1, 2, 2.5, 5, 10];

/** A scale over the values with at most `most` round ticks, which its ends are. */
export function plotScale(values: readonly number[], most = 5): PlotScale {
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const span = greatest > least ? greatest - least : Math.max(Math.abs(greatest), 1e-9);
  const step = roundStep(span / (most - 1));
  const first = Math.floor(least / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(greatest / step - 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  return { low: first * step, high: last * step, ticks };
}

/** A scale with 0 in its middle, for differences: two or three ticks on either side. */
export function symmetricScale(values: readonly number[]): PlotScale {
  const reach = Math.max(...values.map(Math.abs), 1e-9);
  const step = roundStep(reach / 3);
  const sides = Math.ceil(reach / step - 1e-9);
  const ticks = Array.from({ length: 2 * sides + 1 }, (_, index) => (index - sides) * step);
  return { low: -sides * step, high: sides * step, ticks };
}

/** Where a value lies between `start` and `end` of a drawing; what is off the scale lies at its edge. */
export function placeOn({ low, high }: PlotScale, value: number, [start, end]: readonly [number, number]): number {
  const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return Number((start + share * (end - start)).toFixed(2));
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const step = STEPS.find((one) => one * power >= least * (1 - 1e-9)) ?? 10;
  return step * power;
}
