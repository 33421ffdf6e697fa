/** Range and ticks of a logarithmic axis. */
export type LogAxis = {
  low: number;
  high: number;
  ticks: number[];
  /** Where a value stands; what is nothing has no logarithm and stands at the left edge. */
  place(value: number): number;
};

/** Fewer decades than this leave room for ticks between the powers of ten. */
const FEW_DECADES = 3;

/** An axis over these values, from a power of ten to a power of ten. */
export function logAxis(values: readonly number[]): LogAxis {
  const positive = values.filter((value) => value > 0);
  const least = positive.length === 0 ? 1 : Math.min(...positive);
  const most = positive.length === 0 ? 10 : Math.max(...positive);
  const hasFree = positive.length < values.length;
  const first = Math.floor(Math.log10(least)) - (hasFree ? 1 : 0);
  const last = Math.max(first + 1, Math.ceil(Math.log10(most)));
  const steps = last - first < FEW_DECADES ? [1, 2, 5] : [1];
  const decades = Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
  const low = 10 ** first;
  const high = 10 ** last;
  return {
    low,
    high,
    ticks: decades.flatMap((decade) => steps.map((step) => step * decade)).filter((tick) => tick <= high),
    place: (value) => (value > 0 ? value : low),
  };
}
