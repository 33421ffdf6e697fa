import type { BarRecord, CandidateRecord, GatewayError, Reason } from '@pointsman/contracts';
import { priceOn, priceText } from '@pointsman/model-catalog';
import {
  type Candidate,
  type Choice,
  chooseModel,
  type FloorChoice,
  type FloorFacts,
  type FloorTerms,
  floorTermsOf,
  type PolicyCertificate,
  type SessionState,
} from '@pointsman/router-model/choice';
import { overallScore } from '@pointsman/router-model/floor';
import type { Caller } from './authenticate.ts';
import { type Constraints, constraintsOf } from './constraints-of.ts';
import { type Estimation, estimateCandidates, lostCacheOf } from './estimate-candidates.ts';
import { explainNone } from './explain-none.ts';
import { cachedTokensOf, type Session } from './keep-session.ts';
import { type ListedModel, listCandidates, type RequestFacts } from './list-candidates.ts';
import type { ParsedChatRequest } from './parse-chat-request.ts';
import type { PacedPolicy, PipelineDependencies } from './pipeline-dependencies.ts';
import { predictQuality, type QualityPrediction, withoutPrediction } from './predict-quality.ts';
import type { Route } from './resolve-route.ts';

export type Selection = {
  reason: Reason;
  /** The models to try, in order. Never empty. */
  plan: readonly ListedModel[];
  considered: Choice['considered'];
  /** What the candidates had to reach; absent when nothing was asked of them. */
  bar: BarRecord | undefined;
  prediction: QualityPrediction;
  /** Estimated cost of the reply from the plan's first model. */
  expectedCostNanoUsd: number;
  paced: PacedPolicy | undefined;
  /** Under a policy with a floor. */
  floor: FloorChoice | undefined;
  /** The same choice on another prediction, without session; absent when nothing was predicted. */
  chooseOn?: (prediction: QualityPrediction) => Choice;
};

export type SelectionRequest = {
  parsed: ParsedChatRequest;
  facts: RequestFacts;
  route: Route;
  caller: Caller;
  session: Session | undefined;
};

/** The choice of models, or why there is none; either way with everything that was considered. */
export type SelectionResult =
  | { kind: 'selected'; selection: Selection }
  | ({ kind: 'none'; error: GatewayError } & Pick<Selection, 'considered' | 'bar' | 'prediction'>);

/** Lists who can serve the request, predicts how well, and chooses. */
export async function selectModels(ask: SelectionRequest, deps: PipelineDependencies): Promise<SelectionResult> {
  const paced = pacedPolicy(ask);
  const constraints = constraintsOf(
    { ...ask.parsed, among: ask.route.kind === 'auto' ? ask.parsed.modelOrder : undefined },
    ask.route.policy,
    ask.caller,
    paced ? deps.pacing.scorePerNanoUsd(paced) : 0,
  );
  const listed = listCandidates(ask.facts, constraints, sourcesFor(ask.route, deps));
  const able = listed.filter((entry) => entry.removedBy === undefined);
  const promised = promiseOf(ask, deps);
  // A promise speaks of what every request is like, also of those that one model only can serve.
  const mustPredict = ask.route.kind === 'auto' && (able.length > 1 || promised !== undefined);
  const prediction = mustPredict
    ? await predictQuality({ request: ask.parsed.request, clientId: ask.caller.client.id }, deps.quality)
    : withoutPrediction(deps.manifest(), 0, false);

  const ground: Ground = { listed, able, constraints, promised, deps };
  const { candidates, choice } = chooseOn(prediction, ask, ground);
  const bar = ask.route.kind === 'auto' ? barOf(constraints) : undefined;
  if (choice.kind === 'none')
    return {
      kind: 'none',
      error: explainNone(choice, ask.route, constraints.rules.strict),
      considered: choice.considered,
      bar,
      prediction,
    };
  const reason = prediction.failed && choice.reason !== 'tool-loop' ? 'router-unavailable' : choice.reason;
  const selection = assemble({ ...choice, reason }, { listed, candidates, bar, prediction, paced });
  if (mustPredict && !prediction.failed)
    selection.chooseOn = (other) => chooseOn(other, { ...ask, session: undefined }, ground).choice;
  return { kind: 'selected', selection };
}

/** Everything a choice stands on but the prediction. */
type Ground = {
  listed: readonly ListedModel[];
  able: readonly ListedModel[];
  constraints: Constraints;
  promised: Promised | undefined;
  deps: PipelineDependencies;
};

function chooseOn(
  prediction: QualityPrediction,
  ask: SelectionRequest,
  { listed, able, constraints, promised, deps }: Ground,
): { candidates: Candidate[]; choice: Choice } {
  const estimation = estimationFor(ask, prediction, { promised, deps });
  const candidates = estimateCandidates(listed, estimation);
  if (ask.route.kind === 'named') return { candidates, choice: takeNamed(candidates, constraints) };
  const floor = promised && termsFor(promised, prediction, { listed, facts: ask.facts });
  const session = sessionState(ask.session, able, estimation);
  return { candidates, choice: chooseModel(candidates, { ...constraints.rules, floor }, session) };
}

/** A policy with a floor, and the latest certificate of it. */
type Promised = { policy: FloorFacts['policy']; certificate: PolicyCertificate | undefined };

function promiseOf({ route, caller }: SelectionRequest, deps: PipelineDependencies): Promised | undefined {
  const { policy } = route;
  if (route.kind !== 'auto' || policy.floor === undefined) return undefined;
  const certificate = deps.findCertificate(caller.client.id, policy.name);
  return { policy: { ...policy, floor: policy.floor }, certificate };
}

function termsFor(
  { policy, certificate }: Promised,
  prediction: QualityPrediction,
  { listed, facts }: { listed: readonly ListedModel[]; facts: RequestFacts },
): FloorTerms {
  const priceOf = (modelId: string): string | undefined => {
    const model = listed.find((entry) => entry.model.id === modelId)?.model;
    const price = model && priceOn(model, facts.isoDate);
    return price && priceText(price);
  };
  return floorTermsOf({ policy, certificate, prediction, priceOf });
}

function estimationFor(
  ask: SelectionRequest,
  prediction: QualityPrediction,
  { promised, deps }: { promised: Promised | undefined; deps: PipelineDependencies },
): Estimation {
  const estimation = {
    facts: ask.facts,
    estimateOf: (entry: ListedModel) => prediction.estimateOf(entry.model),
    latencyP95Ms: deps.latencies.p95Ms,
  };
  if (promised === undefined) return { ...estimation, cachedTokens: cachedTokensOf(ask.session, deps.now()) };
  const { weights } = ask.route.policy;
  return {
    ...estimation,
    // Certificates rank models by what they cost without a cache: with one the session's model would seem cheaper.
    cachedTokens: undefined,
    pool: promised.certificate?.rule.models,
    blindMeanOf: (entry) => overallScore(prediction.blindEstimateOf(entry.model).scores, weights).mean,
  };
}

function sourcesFor(route: Route, deps: PipelineDependencies) {
  const directory = deps.directory();
  return {
    models: route.kind === 'auto' ? directory.autoModels : route.models,
    provider: directory.provider,
    assessRequest: deps.assessRequest,
    isHealthy: deps.providers.isHealthy,
  };
}

/** The caller chose: ceilings and capabilities still hold, scores and the ranking do not apply. */
function takeNamed(candidates: readonly Candidate[], constraints: Constraints): Choice {
  const choice = chooseModel(candidates, {
    ...constraints.rules,
    minScores: {},
    minShareOfBest: undefined,
    strict: false,
  });
  if (choice.kind === 'none') return choice;
  const inOrder = candidates.map((c) => c.modelId).filter((id) => choice.plan.includes(id));
  // Scores took no part in this: a record that carried them would claim otherwise.
  const considered = choice.considered.map(withoutEstimates);
  return { ...choice, reason: 'requested-model', plan: inOrder as [string, ...string[]], considered };
}

function withoutEstimates(record: CandidateRecord): CandidateRecord {
  const { scores: _scores, overall: _overall, risk: _risk, basis: _basis, ...rest } = record;
  return rest;
}

function barOf({ rules: { minScores, risk, minShareOfBest } }: Constraints): BarRecord | undefined {
  if (minShareOfBest !== undefined) return { minScores, risk, minShareOfBest };
  return Object.keys(minScores).length === 0 ? undefined : { minScores, risk };
}

function sessionState(
  session: Session | undefined,
  able: readonly ListedModel[],
  estimation: Estimation,
): SessionState | undefined {
  const memory = session?.memory;
  if (session === undefined || memory === undefined) return undefined;
  const entry = able.find((e) => e.model.id === memory.modelId);
  const lostCacheNanoUsd = entry === undefined ? 0 : lostCacheOf(entry, estimation.estimateOf(entry), estimation);
  return { modelId: memory.modelId, inToolLoop: session.inToolLoop, lostCacheNanoUsd };
}

function pacedPolicy({ route, caller }: SelectionRequest): PacedPolicy | undefined {
  const { policy } = route;
  if (route.kind !== 'auto' || policy.kind !== 'maximise-quality' || policy.monthlyBudgetUsd === undefined)
    return undefined;
  return {
    clientId: caller.client.id,
    policy: policy.name,
    monthlyBudgetNanoUsd: Math.round(policy.monthlyBudgetUsd * 1e9),
  };
}

type Assembly = {
  listed: readonly ListedModel[];
  candidates: readonly Candidate[];
  bar: BarRecord | undefined;
  prediction: QualityPrediction;
  paced: PacedPolicy | undefined;
};

function assemble(choice: Extract<Choice, { kind: 'chosen' }>, assembly: Assembly): Selection {
  const byId = new Map(assembly.listed.map((entry) => [entry.model.id, entry]));
  const plan = choice.plan.map((id) => byId.get(id)).filter((entry) => entry !== undefined);
  const first = assembly.candidates.find((c) => c.modelId === choice.plan[0]);
  return {
    reason: choice.reason,
    plan,
    considered: choice.considered,
    bar: assembly.bar,
    prediction: assembly.prediction,
    expectedCostNanoUsd: first?.expectedCostNanoUsd ?? 0,
    paced: assembly.paced,
    floor: choice.floor,
  };
}
