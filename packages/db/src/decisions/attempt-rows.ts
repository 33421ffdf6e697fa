import { isDeepStrictEqual } from 'node:util';
import type { Attempt, Cost, Decision, FailureKind, Usage } from '@pointsman/contracts';

/**
 * An attempt as stored. A key that is absent says "as usual": the model, provider, usage and cost of the decision
 * itself, outcome `answered`, status 200 of an answer. That is one attempt of most decisions, in about 75 bytes instead of 400.
 */
export type AttemptRow = {
  /** Model and provider, where they are not the decision's. */
  m?: string | undefined;
  p?: string | undefined;
  /** Start, in milliseconds after the decision's `at`; may be negative. */
  s: number;
  o?: 'failed' | 'abandoned' | undefined;
  f?: FailureKind | undefined;
  /** Null: there was none. */
  c?: number | null | undefined;
  e?: string | undefined;
  r?: string | undefined;
  /** Null: the provider reported none. */
  u?: Usage | null | undefined;
  $?: Cost | undefined;
  /** Milliseconds: queued, to the first token, in total. */
  q?: number | undefined;
  t?: number | undefined;
  T: number;
};

const OK = 200;

const unlessEqual = <T>(value: T, usual: unknown): T | undefined =>
  value === usual || isDeepStrictEqual(value, usual) ? undefined : value;

export function encodeAttempts(decision: Decision): AttemptRow[] | null {
  if (decision.attempts.length === 0) return null;
  const startedAt = Date.parse(decision.at);
  return decision.attempts.map((attempt) => ({
    m: unlessEqual(attempt.modelId, decision.modelId),
    p: unlessEqual(attempt.provider, decision.provider),
    s: attempt.startedAtMs - startedAt,
    o: attempt.outcome === 'answered' ? undefined : attempt.outcome,
    f: attempt.failure,
    c: attempt.outcome === 'answered' ? unlessEqual(attempt.status ?? null, OK) : attempt.status,
    e: attempt.message,
    r: attempt.providerRequestId,
    u: attempt.usage === undefined ? null : unlessEqual(attempt.usage, decision.usage),
    $: unlessEqual(attempt.cost, decision.cost),
    q: attempt.queueMs,
    t: attempt.firstTokenMs,
    T: attempt.totalMs,
  }));
}

/** The attempts of a stored decision, given everything about it except its attempts. */
export function decodeAttempts(rows: readonly AttemptRow[] | null, decision: Omit<Decision, 'attempts'>): Attempt[] {
  const startedAt = Date.parse(decision.at);
  return (rows ?? []).map((row) => ({
    modelId: row.m ?? decision.modelId ?? 'unknown',
    provider: row.p ?? decision.provider ?? 'unknown',
    startedAtMs: startedAt + row.s,
    outcome: row.o ?? 'answered',
    failure: row.f,
    status: row.c === undefined && row.o === undefined ? OK : (row.c ?? undefined),
    message: row.e,
    providerRequestId: row.r,
    usage: row.u === null ? undefined : (row.u ?? decision.usage),
    cost: row.$ ?? decision.cost,
    queueMs: row.q,
    firstTokenMs: row.t,
    totalMs: row.T,
  }));
}
