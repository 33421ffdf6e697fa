/** @throws RangeError unless `p` is strictly between 0 and 1: a quantile there is finite. */
export function checkProbability(p: number): void {
  if (!(p > 0 && p < 1)) throw new RangeError(`A probability lies between 0 and 1, got ${p}`);
}
