/** Whether any two values differ: what a sum of squares of 0 would say, were it not for rounding in the mean. */
export function varies(values: readonly number[]): boolean {
  return values.some((value) => value !== values[0]);
}
