import type {
  Attempt,
  Cost,
  Decision,
  DecisionOutcome,
  GatewayError,
  Reason,
  RequestOptions,
  Usage,
} from '@pointsman/contracts';
import type { Caller } from './authenticate.ts';
import type { PipelineDependencies } from './pipeline-dependencies.ts';
import type { Selection } from './select-models.ts';

/** One authenticated request on its way to its decision record. Completed exactly once, whichever way it ends. */
export type DecisionDraft = {
  readonly decision: Decision;
  readonly startedMs: number;
  /** Does something once the record is handed over; the request does not wait for it. */
  afterwards(work: () => void): void;
  /** Completes and hands over the record; later calls do nothing. */
  complete(end: DecisionEnd): Decision;
};

export type DecisionEnd = {
  outcome: DecisionOutcome;
  error?: GatewayError | undefined;
  usage?: Usage | undefined;
  cost?: Cost | undefined;
};

export type DecisionStart = { id: string; atMs: number; startedMs: number; endpoint: Decision['endpoint'] };

/** Nothing was asked of any provider, so nothing was spent: this zero is measured, not assumed. */
export const NOTHING_SPENT: Cost = { status: 'exact', nanoUsd: 0 };

/** The gateway serves one arm until an experiment splits the traffic. */
const ARM = 'router';

export function startDecision(start: DecisionStart, caller: Caller, deps: PipelineDependencies): DecisionDraft {
  const decision: Decision = {
    id: start.id,
    at: new Date(start.atMs).toISOString(),
    clientId: caller.client.id,
    keyId: caller.key.id,
    endpoint: start.endpoint,
    outcome: 'refused',
    requestedModel: '',
    policy: caller.client.policy,
    arm: ARM,
    choiceProbability: 1,
    routerVersion: deps.manifest()?.version ?? 'none',
    catalogVersion: deps.directory().catalog.version,
    reason: 'not-routed',
    emulated: deps.emulated,
    stream: false,
    cache: 'off',
    candidates: [],
    attempts: [],
    usage: {},
    cost: NOTHING_SPENT,
    latency: { totalMs: 0, overheadMs: 0 },
    ignored: [],
  };
  let completed = false;
  let later: (() => void) | undefined;
  const complete = (end: DecisionEnd) => {
    if (completed) return decision;
    completed = true;
    decision.outcome = end.outcome;
    if (end.error !== undefined) decision.errorCode = end.error.code;
    if (end.usage !== undefined) decision.usage = end.usage;
    decision.cost = end.cost ?? totalCost(decision.attempts);
    decision.latency = { ...decision.latency, ...durations(decision, deps.elapsedMs() - start.startedMs) };
    deps.record(decision);
    later?.();
    return decision;
  };
  const afterwards = (work: () => void) => {
    later = work;
  };
  return { decision, startedMs: start.startedMs, afterwards, complete };
}

/** `user` is OpenAI's field and may have any length; ours may not. */
const LONGEST_END_USER = 256;

/** Notes what the caller wants on the record. */
export function noteOptions(decision: Decision, options: RequestOptions, user: string | null | undefined): void {
  const endUser = options.end_user ?? user?.slice(0, LONGEST_END_USER);
  if (endUser !== undefined) decision.endUser = endUser;
  if (options.tags !== undefined) decision.tags = options.tags;
}

/** Notes what was chosen and why, before anything is called. */
export function noteSelection(decision: Decision, selection: Selection): void {
  decision.reason = selection.reason;
  if (selection.floor !== undefined) decision.floor = selection.floor.record;
  noteConsidered(decision, selection);
}

/** What was considered, also when nothing could be chosen. Models the caller may not use are not news to anybody. */
export function noteConsidered(decision: Decision, from: Pick<Selection, 'considered' | 'bar' | 'prediction'>): void {
  decision.candidates = from.considered.filter((c) => c.removedBy !== 'not-allowed');
  if (from.bar !== undefined) decision.bar = from.bar;
  decision.routerVersion = from.prediction.routerVersion;
  const { domain, task, kind, familiarity, predictMs } = from.prediction;
  if (domain !== undefined) decision.domain = domain;
  if (task !== undefined) decision.task = task;
  if (kind !== undefined) decision.kind = kind;
  if (familiarity !== undefined) decision.familiarity = familiarity;
  if (predictMs > 0) decision.latency.predictMs = predictMs;
}

/** Notes who answered; a model other than the first of the plan is a fallback, and the reason says so. */
export function noteServedBy(decision: Decision, modelId: string, reason: Reason): void {
  decision.modelId = modelId;
  decision.provider = modelId.slice(0, modelId.indexOf('/'));
  decision.reason = reason;
}

/** Adds up what the attempts cost: unknown if any is, estimated if any is. */
export function totalCost(attempts: readonly Attempt[]): Cost {
  let nanoUsd = 0;
  let estimatedWhy: string | undefined;
  for (const { cost } of attempts) {
    if (cost.status === 'unknown') return cost;
    if (cost.status === 'estimated') estimatedWhy = cost.why;
    nanoUsd += cost.nanoUsd;
  }
  return estimatedWhy === undefined
    ? { status: 'exact', nanoUsd }
    : { status: 'estimated', nanoUsd, why: estimatedWhy };
}

function durations(decision: Decision, totalMs: number): { totalMs: number; overheadMs: number } {
  const upstreamMs = decision.attempts.reduce((sum, attempt) => sum + attempt.totalMs, 0);
  return { totalMs, overheadMs: Math.max(0, totalMs - upstreamMs) };
}
