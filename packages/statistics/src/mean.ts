/** The arithmetic mean, by compensated summation (Neumaier); NaN for no values. */
export function mean(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return (sum + lost) / values.length;
}

/** The unbiased sample variance (divisor n - 1), in two passes; NaN for fewer than two values. */
export function variance(values: readonly number[]): number {
  const centre = mean(values);
  const squares = values.map((value) => (value - centre) ** 2);
  return values.length < 2 ? Number.NaN : (mean(squares) * values.length) / (values.length - 1);
}
