import type { Decision } from '@pointsman/contracts';
import { meterReply } from '@pointsman/model-catalog';
import type { ChatAnswer } from '@pointsman/providers';
import { floorServedBy } from '@pointsman/router-model/choice';
import { assembleStream, isCompletion } from '../cache/exact-cache.ts';
import type { RateTicket } from '../limits/rate-limits.ts';
import type { Caller } from './authenticate.ts';
import { type Answered, callWithFallback, explainFailure, type Unanswered } from './call-with-fallback.ts';
import { type DecisionDraft, noteServedBy, totalCost } from './decision-draft.ts';
import { costOfFailure, holdFor, meteringOf, type Settlement, settlementOf } from './hold-budget.ts';
import type { Session } from './keep-session.ts';
import type { RequestFacts } from './list-candidates.ts';
import type { ParsedChatRequest } from './parse-chat-request.ts';
import type { PipelineDependencies } from './pipeline-dependencies.ts';
import { type Reply, replyFactsOf } from './reply.ts';
import { isDrawn, sampleForEvaluation } from './sample-for-evaluation.ts';
import type { Selection } from './select-models.ts';
import { type StreamEnd, tapOutcome } from './tap-outcome.ts';
import { usageEvent, withUsage } from './usage-event.ts';

export type AnswerCall = {
  caller: Caller;
  draft: DecisionDraft;
  parsed: ParsedChatRequest;
  facts: RequestFacts;
  session: Session | undefined;
  ticket: RateTicket;
  cacheKey: string | undefined;
  selection: Selection;
  signal: AbortSignal;
};

/** Holds the budget, calls the plan, and gives the answer out while it is metered. The hold is settled on every way out. */
export async function answerCall(call: AnswerCall, deps: PipelineDependencies): Promise<Reply> {
  const hold = await deps.budgets.hold(call.caller.client, holdFor(call));
  const settlement = settlementOf(call, hold, deps);
  try {
    const answered = await callWithFallback({
      plan: call.selection.plan,
      request: call.parsed.request,
      stream: call.parsed.stream,
      signal: call.signal,
      client: deps.providers,
      costOfFailure: (entry, report) => costOfFailure(entry, report, call),
    });
    call.draft.decision.attempts = answered.attempts;
    if (answered.kind === 'unanswered') throw unansweredError(answered, call, settlement);
    noteAnswered(answered, call);
    return answered.answer.kind === 'reply'
      ? giveReply(answered, answered.answer, { call, settlement, deps })
      : giveStream(answered, answered.answer, { call, settlement, deps });
  } catch (error) {
    settlement.settle({ usage: {}, cost: totalCost(call.draft.decision.attempts) });
    throw error;
  }
}

function unansweredError(unanswered: Unanswered, call: AnswerCall, settlement: Settlement): Error {
  const { draft } = call;
  const cost = totalCost(unanswered.attempts);
  settlement.settle({ usage: {}, cost });
  const error = explainFailure(unanswered);
  if (unanswered.why === 'abandoned') draft.complete({ outcome: 'abandoned', cost });
  return error;
}

function noteAnswered({ servedBy }: Answered, { draft, selection }: AnswerCall): void {
  const { decision } = draft;
  const isFallback = servedBy !== selection.plan[0];
  noteServedBy(decision, servedBy.model.id, isFallback ? 'fallback' : decision.reason);
  if (isFallback && selection.floor !== undefined)
    decision.floor = floorServedBy(selection.floor, servedBy.model.id, 'fallback');
  decision.ignored = [...servedBy.ignored];
}

type Giving = { call: AnswerCall; settlement: Settlement; deps: PipelineDependencies };

function giveReply(answered: Answered, answer: Extract<ChatAnswer, { kind: 'reply' }>, giving: Giving): Reply {
  const { call } = giving;
  const decision = conclude(
    answered,
    { usage: answer.usage, outputChars: answer.outputChars ?? 0, how: 'completed' },
    giving,
  );
  if (call.cacheKey !== undefined) {
    const body = answer.body.toString();
    if (isCompletion(body)) remember(body, decision, giving);
  }
  sampleForEvaluation({ call, decision }, () => answer.body.toString(), giving.deps);
  return { facts: replyFactsOf(decision, true), rate: call.ticket.state, body: { kind: 'json', bytes: answer.body } };
}

function giveStream(answered: Answered, answer: Extract<ChatAnswer, { kind: 'stream' }>, giving: Giving): Reply {
  const { call } = giving;
  const { decision, startedMs } = call.draft;
  decision.latency.firstTokenMs = giving.deps.elapsedMs() - startedMs;
  const isKept = call.cacheKey !== undefined || isDrawn(decision.id, call.caller.client.sampling);
  const kept: (Buffer | string)[] | undefined = isKept ? [] : undefined;
  const events = tapOutcome(answer.parts, {
    signal: call.signal,
    observe: kept === undefined ? undefined : (sse) => kept.push(sse),
    finish: (end) => {
      const finished = conclude(answered, end, giving);
      if (end.how === 'completed' && kept !== undefined) keepStream(kept, finished, giving);
      return {
        usageEvent: (chunk) =>
          call.parsed.wantsUsage ? usageEvent(chunk, finished, answered.servedBy.model.upstreamModel) : undefined,
      };
    },
  });
  // The attempt that is answering is recorded when its stream ends.
  const facts = { ...replyFactsOf(decision, false), attempts: String(decision.attempts.length + 1) };
  return { facts, rate: call.ticket.state, body: { kind: 'stream', events } };
}

/** For the cache, and for people to rate. */
function keepStream(kept: readonly (Buffer | string)[], decision: Decision, giving: Giving): void {
  if (giving.call.cacheKey !== undefined) {
    const body = assembleStream(kept);
    if (body !== undefined) remember(withUsage(body, decision.usage), decision, giving);
  }
  sampleForEvaluation({ call: giving.call, decision }, () => assembleStream(kept), giving.deps);
}

/** Meters, settles, remembers the session and completes the record. */
function conclude(
  answered: Answered,
  end: Pick<StreamEnd, 'usage' | 'outputChars' | 'how'> & Partial<StreamEnd>,
  { call, settlement, deps }: Giving,
): Decision {
  const metered = meterReply(end.usage, end.outputChars, meteringOf(answered.servedBy, call.facts));
  const last = answered.attempts.at(-1);
  if (last !== undefined) Object.assign(last, metered);
  const cost = totalCost(answered.attempts);
  settlement.settle({ usage: metered.usage, cost });
  if (end.how === 'completed' && call.session !== undefined) {
    const { inputTokens = call.facts.inputTokens, outputTokens = 0 } = metered.usage;
    const { model, provider } = answered.servedBy;
    deps.sessions.remember(call.session.key, {
      modelId: model.id,
      provider: provider.id,
      inputTokens,
      outputTokens,
      atMs: deps.now(),
    });
  }
  if (end.how === 'completed' && last !== undefined) deps.latencies.observe(last.modelId, last.totalMs);
  const outcome = end.how === 'completed' ? 'answered' : end.how;
  return call.draft.complete({ outcome, usage: metered.usage, cost, error: end.error });
}

function remember(body: string, decision: Decision, { call, deps }: Giving): void {
  const { modelId, provider } = decision;
  if (call.cacheKey === undefined || modelId === undefined || provider === undefined) return;
  deps.cache.store(
    call.cacheKey,
    { modelId, provider, decisionId: decision.id, usage: decision.usage, body, storedAtMs: deps.now() },
    call.caller.client.cache.ttlSeconds,
  );
}
