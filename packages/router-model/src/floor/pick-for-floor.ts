import type { Floor } from './floor.ts';

export type FloorCandidate = {
  model: string;
  /** Predicted overall score. */
  mean: number;
  costNanoUsd: number;
  /** Absent: it can. A model that cannot is still passed, for without its prediction the certified pick is unknown. */
  canServe?: boolean | undefined;
};

/** A request as far as it is known when it is served. */
export type FloorRequest = { domain: string; familiarity: number; candidates: readonly FloorCandidate[] };

/** How a certificate routes. */
export type FloorRule = {
  kind: Floor['kind'];
  strongest: string;
  /** The certified pool; other candidates are never picked under the promise. */
  models: ReadonlySet<string>;
  /** Less familiar requests go to the strongest. */
  leastFamiliarity: number;
  /** Per certified domain; undefined: the strongest. Requests of other domains go to the strongest. */
  thresholds: ReadonlyMap<string, number | undefined>;
};

export type FloorPick =
  /** What the certificate was issued for. */
  | { kind: 'certified'; model: string }
  /** That model cannot serve, or a prediction is missing: the strongest stands in, which no share of the strongest can miss. */
  | { kind: 'escalated'; model: string }
  /** The promise does not cover this request: the best there is, undefined when nothing can serve. */
  | { kind: 'uncertified'; model: string | undefined };

/**
 * The model a floor asks for: the one rule by which floors are certified and served. Pure, exact, one pass.
 *
 * `share-of-strongest`: the cheapest whose predicted mean is at least threshold x the highest predicted mean of the pool.
 * `share-below`: the cheapest whose predicted mean is at least the threshold, the strongest when none is. Of equal costs the
 * higher mean, then the lesser name. When the strongest is needed and cannot serve, nothing can be promised.
 */
export function pickForFloor(request: FloorRequest, rule: FloorRule): FloorPick {
  const { candidates, domain } = request;
  const canServe = (model: string) => candidates.some((c) => c.model === model && c.canServe !== false);
  const isCovered = rule.kind === 'share-of-strongest' || rule.thresholds.has(domain);
  const certified = certifiedPick(request, rule);
  if (isCovered && certified !== undefined && canServe(certified)) return { kind: 'certified', model: certified };
  if (canServe(rule.strongest)) return { kind: isCovered ? 'escalated' : 'uncertified', model: rule.strongest };
  return { kind: 'uncertified', model: highestMean(candidates.filter((c) => c.canServe !== false)) };
}

/** Undefined when it cannot be known, for a model of the pool is missing. */
function certifiedPick({ domain, familiarity, candidates }: FloorRequest, rule: FloorRule): string | undefined {
  const threshold = rule.thresholds.get(domain);
  if (threshold === undefined || !(familiarity >= rule.leastFamiliarity)) return rule.strongest;
  const pool = candidates.filter(({ model }) => rule.models.has(model));
  if (pool.length !== rule.models.size) return undefined;
  const bar = rule.kind === 'share-of-strongest' ? threshold * Math.max(...pool.map(({ mean }) => mean)) : threshold;
  return cheapestFrom(pool, bar) ?? rule.strongest;
}

function cheapestFrom(pool: readonly FloorCandidate[], bar: number): string | undefined {
  let best: FloorCandidate | undefined;
  for (const candidate of pool) {
    if (candidate.mean >= bar && (best === undefined || isBefore(candidate, best))) best = candidate;
  }
  return best?.model;
}

function isBefore(a: FloorCandidate, b: FloorCandidate): boolean {
  if (a.costNanoUsd !== b.costNanoUsd) return a.costNanoUsd < b.costNanoUsd;
  return a.mean === b.mean ? a.model < b.model : a.mean > b.mean;
}

function highestMean(candidates: readonly FloorCandidate[]): string | undefined {
  let best: FloorCandidate | undefined;
  for (const candidate of candidates) {
    const isBetter = best === undefined || candidate.mean > best.mean;
    if (isBetter || (candidate.mean === best?.mean && isBefore(candidate, best))) best = candidate;
  }
  return best?.model;
}
