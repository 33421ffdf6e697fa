import { type CandidateRecord, formatUsd, type NanoUsd, type Removal, type ScoreEstimate } from '@pointsman/contracts';
import { overallScore } from '../overall-score.ts';
import type { Candidate, ChoiceRules } from './choice.ts';
import { riskOfFallingBelow, worstCaseMargin } from './risk.ts';

/** A candidate that can serve, within every ceiling. */
export type Standing = {
  candidate: Candidate;
  record: CandidateRecord;
  cost: NanoUsd;
  overall: ScoreEstimate;
  risk: number;
  worstCase: number;
};

export type Weighed = {
  /** Every candidate, in the order given. */
  considered: CandidateRecord[];
  standing: Standing[];
  /** Those that meet the minimum scores, in the order the policy prefers. */
  safe: Standing[];
  /** Those that may not, the best worst case first. */
  unsafe: Standing[];
};

/** Weighs every candidate under the rules; what removes it is noted on its record. */
export function weighCandidates(candidates: readonly Candidate[], rules: ChoiceRules): Weighed {
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
  return { considered, standing, safe, unsafe };
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

/** Makes orders total. */
export const compareNames = (a: Standing, b: Standing) => (a.candidate.modelId < b.candidate.modelId ? -1 : 1);

function markUnsafe({ record, risk, overall }: Standing, rules: ChoiceRules, bar: number): void {
  record.removedBy = 'min-score';
  record.detail =
    risk > rules.risk
      ? `risk ${risk.toFixed(3)} of falling below a minimum score, at most ${rules.risk}`
      : `expected ${overall.mean.toFixed(3)}, wanted ${bar.toFixed(3)}: ${rules.minShareOfBest} of the best`;
}
