import type { ModelEstimate, Reason } from '@pointsman/contracts';
import type { Candidate, Choice, ChoiceRules, SessionState } from './choice.ts';
import { chooseForFloor } from './choose-for-floor.ts';
import { lastRemoval } from './last-removal.ts';
import { riskOfFallingBelow } from './risk.ts';
import { type Standing, type Weighed, weighCandidates } from './weigh-candidates.ts';

/**
 * Picks the model for one request, and the order in which to fall back. Pure: same input, same choice.
 *
 * `minimise-cost` takes the cheapest candidate whose probability of falling below any minimum score is at most
 * `risk`, and whose overall mean reaches the asked share of the best one's; when none is, the best worst case within the
 * ceilings, or nothing when the policy is strict.
 * `maximise-quality` takes the highest overall score less the paced price of its cost, safe candidates first.
 * A session keeps its model unless the saving exceeds the prompt cache it would lose; a tool loop always keeps it.
 * A floor comes before all of these: see `chooseForFloor`.
 */
export function chooseModel(candidates: readonly Candidate[], rules: ChoiceRules, session?: SessionState): Choice {
  const weighed = weighCandidates(candidates, rules);
  return rules.floor === undefined
    ? chooseByRank(weighed, rules, session)
    : chooseForFloor(candidates, weighed, { rules, terms: rules.floor, session });
}

function chooseByRank(weighed: Weighed, rules: ChoiceRules, session: SessionState | undefined): Choice {
  const { considered, standing, safe, unsafe } = weighed;
  const ranked = rules.strict ? safe : [...safe, ...unsafe];
  const kept = keepSession(ranked, safe, unsafe, session);
  const first = kept?.standing ?? ranked[0];
  if (first === undefined) return { kind: 'none', unmet: lastRemoval(considered), considered };
  const reason = kept?.reason ?? reasonFor(first, standing, safe, { rules, session });
  const plan = [first, ...ranked.filter((s) => s !== first)].map((s) => s.candidate.modelId);
  return { kind: 'chosen', reason, plan: plan as [string, ...string[]], considered };
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
