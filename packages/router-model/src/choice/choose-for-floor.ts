import type { FloorRecord, FloorWhy, Reason } from '@pointsman/contracts';
import { type FloorCandidate, type FloorPick, pickForFloor } from '../floor/pick-for-floor.ts';
import { overallScore } from '../overall-score.ts';
import type { Candidate, Choice, ChoiceRules, FloorChoice, SessionState } from './choice.ts';
import type { FloorTerms } from './floor-terms.ts';
import { lastRemoval } from './last-removal.ts';
import { compareNames, type Standing, type Weighed } from './weigh-candidates.ts';

export type FloorRules = { rules: ChoiceRules; terms: FloorTerms; session: SessionState | undefined };

/**
 * The choice under a policy with a floor: what its certificate asks for, by the rule it was certified with; the strongest
 * model wherever nothing is certified. Models that a ceiling or a minimum score removes cannot serve. Then come the
 * strongest, and the others by what they are expected to score. Only a tool loop keeps its model against the promise.
 */
export function chooseForFloor(candidates: readonly Candidate[], weighed: Weighed, floor: FloorRules): Choice {
  const { rules, session } = floor;
  const { considered, standing, safe } = weighed;
  const able = safe.length > 0 || rules.strict ? safe : standing;
  const picked = pick(candidates, able, floor);
  const looping = session?.inToolLoop === true ? standing.find((s) => modelOf(s) === session.modelId) : undefined;
  const first = looping === undefined ? picked.model : modelOf(looping);
  if (first === undefined) return { kind: 'none', unmet: lastRemoval(considered), considered };
  const choice: FloorChoice = { record: picked.record, strongest: picked.strongest };
  const strongestFirst = (s: Standing) => (modelOf(s) === picked.strongest ? 0 : 1);
  const others = able
    .filter((s) => modelOf(s) !== first)
    .sort((a, b) => strongestFirst(a) - strongestFirst(b) || byMean(a, b))
    .map(modelOf);
  return {
    kind: 'chosen',
    reason: looping === undefined ? reasonOf(choice, first) : 'tool-loop',
    plan: [first, ...others],
    considered,
    floor: first === picked.model ? choice : { ...choice, record: floorServedBy(choice, first, 'tool-loop') },
  };
}

/** What remains of the promise when another model than the one it asked for answers. */
export function floorServedBy({ record, strongest }: FloorChoice, modelId: string, why: FloorWhy): FloorRecord {
  if (record.outcome === 'uncertified') return record;
  return { ...record, outcome: modelId === strongest ? 'escalated' : 'uncertified', why };
}

type Picked = FloorChoice & { model: string | undefined };

function pick(candidates: readonly Candidate[], able: readonly Standing[], { terms, rules }: FloorRules): Picked {
  if (terms.kind === 'no-promise') return pickStrongest(able, terms);
  const { rule, domain, familiarity, certificateId } = terms;
  const pool = floorCandidates(candidates, able, rules);
  const picked = pickForFloor({ domain, familiarity, candidates: pool }, rule);
  const why = whyOf(picked, pool, terms);
  const record = { certificateId, outcome: picked.kind, ...(why === undefined ? {} : { why }) };
  return { model: picked.model, record, strongest: rule.strongest };
}

function pickStrongest(able: readonly Standing[], terms: Extract<FloorTerms, { kind: 'no-promise' }>): Picked {
  const named = able.find((s) => modelOf(s) === terms.strongest);
  const [best] = able.toSorted((a, b) => blindMeanOf(b) - blindMeanOf(a) || byMean(a, b));
  const strongest = named ?? best;
  const model = strongest === undefined ? undefined : modelOf(strongest);
  const { certificateId, why } = terms;
  return {
    model,
    record: { ...(certificateId === undefined ? {} : { certificateId }), outcome: 'uncertified', why },
    strongest: model,
  };
}

/** Those that cannot serve too: without their predictions what is certified is not known. */
function floorCandidates(
  candidates: readonly Candidate[],
  able: readonly Standing[],
  { weights }: ChoiceRules,
): FloorCandidate[] {
  const canServe = new Set(able.map(modelOf));
  return candidates.flatMap(({ modelId, estimate, expectedCostNanoUsd }) => {
    if (estimate === undefined || expectedCostNanoUsd === undefined) return [];
    const { mean } = overallScore(estimate.scores, weights);
    return [{ model: modelId, mean, costNanoUsd: expectedCostNanoUsd, canServe: canServe.has(modelId) }];
  });
}

function whyOf(
  picked: FloorPick,
  pool: readonly FloorCandidate[],
  { rule, domain, familiarity }: Extract<FloorTerms, { kind: 'in-force' }>,
): FloorWhy | undefined {
  const has = (model: string) => pool.some((candidate) => candidate.model === model);
  const canServe = (model: string) => pool.some((c) => c.model === model && c.canServe !== false);
  if (picked.kind === 'escalated') return [...rule.models].every(has) ? 'pick-cannot-serve' : 'pool-incomplete';
  if (picked.kind === 'uncertified' && !canServe(rule.strongest)) return 'strongest-cannot-serve';
  if (rule.thresholds.get(domain) === undefined) return 'domain-not-certified';
  return familiarity >= rule.leastFamiliarity ? undefined : 'unfamiliar';
}

function reasonOf({ record, strongest }: FloorChoice, first: string): Reason {
  return record.outcome === 'certified' && first !== strongest ? 'certified-floor' : 'floor-strongest';
}

const modelOf = (s: Standing): string => s.candidate.modelId;
const blindMeanOf = (s: Standing): number => s.candidate.blindMean ?? s.overall.mean;
const byMean = (a: Standing, b: Standing): number =>
  b.overall.mean - a.overall.mean || a.cost - b.cost || compareNames(a, b);
