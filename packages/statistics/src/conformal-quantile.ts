/**
 * The bound that a new non-conformity score stays at or below with probability of at least `coverage`, if it is
 * exchangeable with the `scores` seen: the ceil((n + 1) coverage)-th smallest (split conformal prediction; Vovk et al.
 * 2005, Lei et al. 2018).
 *
 * Undefined when there are too few scores for any finite bound, that is fewer than coverage / (1 - coverage): 19 for 95 %.
 *
 * @throws RangeError when `coverage` is not in (0, 1).
 */
export function conformalQuantile(scores: readonly number[], coverage: number): number | undefined {
  if (!(coverage > 0 && coverage < 1)) throw new RangeError(`A coverage lies between 0 and 1, got ${coverage}`);
  // Binary dust must not push 20 x 0.95 = 19 up to rank 20.
  const rank = Math.ceil(Number(((scores.length + 1) * coverage).toFixed(9)));
  return scores.toSorted((a, b) => a - b)[rank - 1];
}
