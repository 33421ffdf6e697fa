/** @throws RangeError when a value is NaN or infinite. */
export function checkFinite(values: readonly number[]): void {
  const bad = values.find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new RangeError(`Values are finite numbers, got ${bad}`);
}

/** @throws RangeError when the two sides of pairs differ in length. */
export function checkPairs(x: readonly unknown[], y: readonly unknown[]): void {
  if (x.length !== y.length) throw new RangeError(`Pairs need equal lengths, got ${x.length} and ${y.length}`);
}

/** @throws RangeError unless `value` is finite and above 0. */
export function checkPositive(name: string, value: number): void {
  if (!(value > 0 && Number.isFinite(value))) throw new RangeError(`${name} is above 0, got ${value}`);
}

/** @throws RangeError unless 0 <= successes <= n, both whole. */
export function checkSuccesses(successes: number, n: number): void {
  if (!Number.isInteger(n) || !Number.isInteger(successes) || successes < 0 || successes > n)
    throw new RangeError(`Successes are a whole number between 0 and n, got ${successes} of ${n}`);
}
