import {
  type CandidateRecord,
  type Dimension,
  formatUsd,
  type MinScores,
  type ModelEstimate,
  type NanoUsd,
  type Policy,
  REMOVALS,
  type Reason,
  type Removal,
  type ScoreEstimate,
} from '@pointsman/contracts';
import { overallScore } from './overall-score.ts';
import { riskOfFallingBelow, worstCaseMargin } from './risk.ts';

export type Candidate = {
  modelId: string;
  /** Set when the model cannot serve this request at all. */
  removedBy?: Removal | undefined;
  detail?: string | undefined;
  estimate?: ModelEstimate | undefined;
  expectedCostNanoUsd?: NanoUsd | undefined;
  /** Live 95th percentile; absent until this node has seen enough replies. */
  latencyP95Ms?: number | undefined;
};

export type ChoiceRules = {
  kind: Policy['kind'];
  risk: number;
  minScores: MinScores;
  /** Lowest acceptable overall mean as a share of the best one's; absent when none is asked for. */
  minShareOfBest?: number | undefined;
  weights: Partial<Record<Dimension, number>>;
  maxCostNanoUsd?: NanoUsd | undefined;
  maxLatencyMs?: number | undefined;
  strict: boolean;
  /** Dual price of the paced budget: how much score one nano-dollar must buy. 0 when nothing is paced. */
  scorePerNanoUsd: number;
};

/** The model a conversation has been on, and what leaving it costs. */
export type SessionState = {
  modelId: string;
  /** The last messages are tool results: a switch would hand them to a model that asked for nothing. */
  inToolLoop: boolean;
  /** What the provider's prompt cache saves on this request, lost by leaving. */
  lostCacheNanoUsd: NanoUsd;
};

export type Choice =
  | { kind: 'chosen'; reason: Reason; plan: readonly [string, ...string[]]; considered: readonly CandidateRecord[] }
  | { kind: 'none'; unmet: Removal | undefined; considered: readonly CandidateRecord[] };

type Standing = {
  candidate: Candidate;
  record: CandidateRecord;
  cost: NanoUsd;
  overall: ScoreEstimate;
  risk: number;
  worstCase: number;
};

/**
 * Picks the model for one request, and the order in which to fall back. Pure: same input, same choice.
 *
 * `minimise-cost` takes the cheapest candidate whose probability of falling below any minimum score is at most
 * `risk`, and whose overall mean reaches the asked share of the best one's; when none is, the best worst case within the
 * ceilings, or nothing when the policy is strict.
 * `maximise-quality` takes the highest overall score less the paced price of its cost, safe candidates first.
 * A session keeps its model unless the saving exceeds the prompt cache it would lose; a tool loop always keeps it.
 */
export function chooseModel(candidates: readonly Candidate[], rules: ChoiceRules, session?: SessionState): Choice {
  const considered: CandidateRecord[] = [];
  const standing: Standing[] = [];
  for (const candidate of candidates) {
    const entry = weigh(candidate, rules);
    considered.push(entry.record);
    if (entry.standing !== undefined) standing.push(entry.standing);
  }
  const bar = (rules.minShareOfBest ?? 0) * Math.max(0, ...standing.map((s) => s.overall.mean));
  const isSafe = (s: Standing) => s.risk <= rules.risk && s.overall.mean >= bar;
  const safe = standing.filter(isSafe).sort(order(rules));
  const unsafe = standing.filter((s) => !isSafe(s)).sort(byWorstCase);
  for (const s of unsafe) markUnsafe(s, rules, bar);

  const ranked = rules.strict ? safe : [...safe, ...unsafe];
  const kept = keepSession(ranked, safe, unsafe, session);
  const first = kept?.standing ?? ranked[0];
  if (first === undefined) return { kind: 'none', unmet: lastRemoval(considered), considered };
  const reason = kept?.reason ?? reasonFor(first, standing, safe, { rules, session });
  const plan = [first, ...ranked.filter((s) => s !== first)].map((s) => s.candidate.modelId);
  return { kind: 'chosen', reason, plan: plan as [string, ...string[]], considered };
}

function weigh(candidate: Candidate, rules: ChoiceRules): { record: CandidateRecord; standing?: Standing } {
  const { estimate, expectedCostNanoUsd: cost } = candidate;
  const record: CandidateRecord = { modelId: candidate.modelId };
  if (candidate.latencyP95Ms !== undefined) record.latencyP95Ms = candidate.latencyP95Ms;
  if (cost !== undefined) record.expectedCostNanoUsd = cost;
  if (estimate !== undefined) {
    record.basis = estimate.basis;
    record.scores = estimate.scores;
    record.expectedOutputTokens = estimate.outputTokens;
  }
  const removed = (removedBy: Removal, detail: string | undefined) => {
    record.removedBy = removedBy;
    if (detail !== undefined) record.detail = detail;
    return { record };
  };
  if (candidate.removedBy !== undefined) return removed(candidate.removedBy, candidate.detail);
  if (cost === undefined) return removed('price-unknown', 'no price holds on this date');
  if (estimate === undefined) return removed('not-allowed', 'no estimate');
  if (rules.maxCostNanoUsd !== undefined && cost > rules.maxCostNanoUsd) {
    return removed('max-cost', `expected $${formatUsd(cost)}, ceiling $${formatUsd(rules.maxCostNanoUsd)}`);
  }
  const p95 = candidate.latencyP95Ms;
  if (rules.maxLatencyMs !== undefined && p95 !== undefined && p95 > rules.maxLatencyMs) {
    return removed('max-latency', `p95 ${Math.round(p95)} ms, ceiling ${rules.maxLatencyMs} ms`);
  }
  const overall = overallScore(estimate.scores, rules.weights);
  const risk = riskOfFallingBelow(estimate.scores, overall, rules.minScores);
  record.overall = overall;
  record.risk = risk;
  const worstCase = worstCaseMargin(estimate.scores, overall, rules);
  return { record, standing: { candidate, record, cost, overall, risk, worstCase } };
}

/** Cheapest first, or best value first; ties go to the safer, then by name so that the order is total. */
function order(rules: ChoiceRules): (a: Standing, b: Standing) => number {
  const value = (s: Standing) => s.overall.mean - rules.scorePerNanoUsd * s.cost;
  const primary =
    rules.kind === 'minimise-cost'
      ? (a: Standing, b: Standing) => a.cost - b.cost
      : (a: Standing, b: Standing) => value(b) - value(a);
  return (a, b) => primary(a, b) || a.risk - b.risk || a.cost - b.cost || compareNames(a, b);
}

const byWorstCase = (a: Standing, b: Standing) => b.worstCase - a.worstCase || a.cost - b.cost || compareNames(a, b);

const compareNames = (a: Standing, b: Standing) => (a.candidate.modelId < b.candidate.modelId ? -1 : 1);

function markUnsafe({ record, risk, overall }: Standing, rules: ChoiceRules, bar: number): void {
  record.removedBy = 'min-score';
  record.detail =
    risk > rules.risk
      ? `risk ${risk.toFixed(3)} of falling below a minimum score, at most ${rules.risk}`
      : `expected ${overall.mean.toFixed(3)}, wanted ${bar.toFixed(3)}: ${rules.minShareOfBest} of the best`;
}

/** The session's model stays first in a tool loop, and elsewhere unless the ranking's first saves more than the lost prompt cache. */
function keepSession(
  ranked: readonly Standing[],
  safe: readonly Standing[],
  unsafe: readonly Standing[],
  session: SessionState | undefined,
): { standing: Standing; reason: Reason } | undefined {
  if (session === undefined) return undefined;
  const pool = session.inToolLoop ? [...safe, ...unsafe] : ranked;
  const standing = pool.find((s) => s.candidate.modelId === session.modelId);
  if (standing === undefined) return undefined;
  if (session.inToolLoop) return { standing, reason: 'tool-loop' };
  const best = ranked[0];
  if (best === undefined || best === standing) return { standing, reason: 'session-sticky' };
  const fellBelowFloor = safe.length > 0 && !safe.includes(standing);
  const switchPays = best.cost + session.lostCacheNanoUsd < standing.cost;
  return fellBelowFloor || switchPays ? undefined : { standing, reason: 'session-sticky' };
}

type Rule = { rules: ChoiceRules; session: SessionState | undefined };

function reasonFor(first: Standing, standing: readonly Standing[], safe: readonly Standing[], rule: Rule): Reason {
  if (rule.session !== undefined && rule.session.modelId !== first.candidate.modelId) return 'session-switched';
  if (standing.length === 1) return 'only-candidate';
  if (safe.length === 0) return 'best-worst-case';
  if (rule.rules.kind === 'maximise-quality') return 'highest-quality';
  const uncertain = standing.some(
    (s) => s.cost < first.cost && s.risk > rule.rules.risk && passesOnMean(s, rule.rules),
  );
  return uncertain ? 'escalated-uncertain' : 'cheapest-safe';
}

function passesOnMean(standing: Standing, rules: ChoiceRules): boolean {
  const scores = standing.candidate.estimate?.scores;
  if (scores === undefined) return false;
  return riskOfFallingBelow(withoutSpread(scores), { ...standing.overall, spread: 0 }, rules.minScores) === 0;
}

function withoutSpread(scores: ModelEstimate['scores']): ModelEstimate['scores'] {
  const entries = Object.entries(scores).map(([dimension, score]) => [dimension, { mean: score.mean, spread: 0 }]);
  return Object.fromEntries(entries) as ModelEstimate['scores'];
}

const REMOVAL_PLACE = new Map<Removal, number>(REMOVALS.map((removal, place) => [removal, place]));

/** The removal that stands furthest along the order of checks: what the caller would have to relax first. */
function lastRemoval(considered: readonly CandidateRecord[]): Removal | undefined {
  let last: Removal | undefined;
  let place = -1;
  for (const { removedBy } of considered) {
    if (removedBy === undefined) continue;
    const at = REMOVAL_PLACE.get(removedBy) ?? 0;
    if (at > place) [last, place] = [removedBy, at];
  }
  return last;
}
