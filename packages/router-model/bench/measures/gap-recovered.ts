/** How well a pair of models is routed at every share of strong calls (Ong et al. 2024, RouteLLM). */
export type GapRecovered = {
  /** APGR: mean share of the gap between the weak and the strong model that is recovered; 0.5 is random. */
  average: number;
  /** CPT(50) and CPT(80): the least share of strong calls that recovers 50 % and 80 % of the gap. */
  callsFor50: number;
  callsFor80: number;
};

/**
 * `gains`: strong minus weak outcome by request; `priorities`: higher goes to the strong model first; equal priorities
 * share evenly. `weights`: how often each request counts. The gap must be above zero.
 * RouteLLM reads the curve at ten thresholds; here it is read at every request.
 */
export function measureGapRecovered(
  gains: ArrayLike<number>,
  order: readonly (readonly number[])[],
  weights: ArrayLike<number>,
): GapRecovered {
  let calls = 0;
  let gap = 0;
  for (const tied of order)
    for (const n of tied) {
      calls += weights[n] ?? 0;
      gap += (weights[n] ?? 0) * (gains[n] ?? 0);
    }
  let area = 0;
  const at = { share: 0, recovered: 0 };
  const reached = [0.5, 0.8].map((level) => ({ level, share: 1 }));
  let open = reached;
  for (const tied of order) {
    let count = 0;
    let gain = 0;
    for (const n of tied) {
      count += weights[n] ?? 0;
      gain += (weights[n] ?? 0) * (gains[n] ?? 0);
    }
    const share = count / calls;
    const recovered = gain / gap;
    area += share * (at.recovered + recovered / 2);
    open = open.filter((entry) => {
      if (at.recovered + recovered < entry.level) return true;
      entry.share = at.share + (share * (entry.level - at.recovered)) / recovered;
      return false;
    });
    at.share += share;
    at.recovered += recovered;
  }
  return { average: area, callsFor50: reached[0]?.share ?? 1, callsFor80: reached[1]?.share ?? 1 };
}

/** Requests from the highest priority to the lowest, those with the same priority together. */
export function orderByPriority(priorities: ArrayLike<number>): number[][] {
  const order = Array.from({ length: priorities.length }, (_, n) => n);
  order.sort((a, b) => (priorities[b] ?? 0) - (priorities[a] ?? 0));
  const tied: number[][] = [];
  for (const n of order) {
    const last = tied.at(-1);
    if (last?.[0] !== undefined && priorities[last[0]] === priorities[n]) last.push(n);
    else tied.push([n]);
  }
  return tied;
}
