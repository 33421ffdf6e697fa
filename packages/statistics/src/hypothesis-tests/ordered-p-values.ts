/** P-values ascending, each with its place in the list given. @throws RangeError for one outside [0, 1]. */
export function orderedPValues(pValues: readonly number[]): { p: number; index: number }[] {
  const bad = pValues.find((p) => !(p >= 0 && p <= 1));
  if (bad !== undefined) throw new RangeError(`A p-value lies between 0 and 1, got ${bad}`);
  return pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
}
