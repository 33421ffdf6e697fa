import { type Decision, formatUsd, type ReplyFact } from '@pointsman/contracts';
import type { RateState } from '../limits/rate-limits.ts';

export type ReplyFacts = Partial<Record<ReplyFact, string>>;

/** What the pipeline answers with; a route turns it into HTTP. */
export type Reply = {
  facts: ReplyFacts;
  rate: RateState;
  body: { kind: 'json'; bytes: Buffer | string } | { kind: 'stream'; events: AsyncIterable<Buffer | string> };
};

/** The facts of a decision as every reply carries them. A cost that is not known yet is left out. */
export function replyFactsOf(decision: Decision, costKnown: boolean): ReplyFacts {
  const facts: ReplyFacts = {
    decisionId: decision.id,
    reason: decision.reason,
    arm: decision.arm,
    routerVersion: decision.routerVersion,
    cache: decision.cache,
    attempts: String(decision.attempts.length),
  };
  if (decision.modelId !== undefined) facts.model = decision.modelId;
  if (decision.provider !== undefined) facts.provider = decision.provider;
  if (decision.floor !== undefined) facts.floor = decision.floor.outcome;
  if (decision.ignored.length > 0) facts.ignored = decision.ignored.join(', ');
  if (decision.emulated) facts.emulated = 'true';
  if (costKnown && decision.cost.status !== 'unknown') facts.costUsd = formatUsd(decision.cost.nanoUsd);
  return facts;
}

/** The same facts as they ride on a stream's final usage chunk, under `pointsman`. */
export function usageFactsOf(decision: Decision): Record<string, unknown> {
  return {
    decision_id: decision.id,
    model: decision.modelId,
    provider: decision.provider,
    reason: decision.reason,
    ...(decision.floor === undefined ? {} : { floor: decision.floor.outcome }),
    arm: decision.arm,
    router_version: decision.routerVersion,
    cache: decision.cache,
    attempts: decision.attempts.length,
    cost_status: decision.cost.status,
    ...(decision.cost.status === 'unknown' ? {} : { cost_usd: formatUsd(decision.cost.nanoUsd) }),
    ...(decision.ignored.length === 0 ? {} : { ignored: decision.ignored }),
    ...(decision.emulated ? { emulated: true } : {}),
  };
}
