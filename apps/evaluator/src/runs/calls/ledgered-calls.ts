import { setTimeout as sleep } from 'node:timers/promises';
import type { Cost } from '@pointsman/contracts';
import type { CallClaim, CallRecord, Repositories } from '@pointsman/db';
import { countRequestTokens, expectedCost, meterReply, priceOn } from '@pointsman/model-catalog';
import { type CallOptions, type ProviderClient, ProviderError } from '@pointsman/providers';
import type { ReplyText } from '@pointsman/validated-replies';
import type { CallOutcome, CallSize, RateGovernor } from '../limits/rate-governor.ts';
import { CallFailed, RunStopped } from './call-errors.ts';
import { callKey, type ModelCall } from './call-key.ts';
import { type Patience, patiently } from './patiently.ts';
import { readCompletion } from './read-completion.ts';
import type { ReplyJournal } from './reply-journal.ts';

export type LedgeredReply = ReplyText & { cost: Cost; latencyMs: number; outputTokens?: number | undefined };

export type LedgerDependencies = {
  calls: Repositories['evaluationCalls'];
  runs: Repositories['evaluationRuns'];
  providers: ProviderClient;
  governorFor(modelId: string): RateGovernor;
  /** Where a reply is noted until it stands in the ledger. */
  journal?: ReplyJournal | undefined;
  /** Names this worker; its claims live as long as it extends them. */
  holder: string;
  now(): number;
  patience: Patience;
  /** How long refusals for rate limits, and failures that may pass, are waited out. */
  callPatienceMs: number;
};

/** A worker that died loses its claims after this; it extends them every third of it. */
export const LEASE_MS = 15_000;
const TAKEN_POLL_MS = 500;
const CEILING_POLL_MS = 1_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
/** Failures that may pass, one after another, before the item goes on without the reply. */
const MOST_FAILURES = 6;

type Run = { id: string; signal: AbortSignal };
type Tries = { startedAtMs: number; failures: number };

/**
 * Makes a paid call at most once: asks the ledger first, waits for the provider's limits, holds the most it can cost,
 * calls, and writes the reply down before anybody sees it.
 * @throws {CallFailed} when the call cannot succeed; {RunStopped} when the run must not go on.
 */
export async function ledgeredCall(call: ModelCall, run: Run, deps: LedgerDependencies): Promise<LedgeredReply> {
  const key = callKey(call);
  const tries: Tries = { startedAtMs: deps.now(), failures: 0 };
  for (;;) {
    run.signal.throwIfAborted();
    const known = await patiently(() => deps.calls.find(key), deps.patience);
    if (known !== undefined) return replyOf(known);
    const reply = await tryOnce(call, { key, run, tries }, deps);
    if (reply !== undefined) return reply;
  }
}

type Attempt = { key: Buffer; run: Run; tries: Tries };

/** One turn: undefined when the ledger should be asked again. */
async function tryOnce(
  call: ModelCall,
  attempt: Attempt,
  deps: LedgerDependencies,
): Promise<LedgeredReply | undefined> {
  const { key, run, tries } = attempt;
  const size = sizeOf(call);
  const permit = await deps.governorFor(call.model.id).acquire(size, run.signal);
  let outcome: CallOutcome = { kind: 'failed' };
  try {
    const claim = claimOf(call, { key, runId: run.id, size }, deps);
    const claimed = await patiently(() => deps.calls.claim(claim), deps.patience);
    if (claimed !== 'claimed') {
      permit.end(outcome);
      await standBack(claimed, run, deps);
      return undefined;
    }
    const record = await callProvider(call, { signal: run.signal, onLimits: permit.observe }, deps).catch(
      async (error: unknown) => {
        outcome = outcomeOf(error);
        // A call that was cut off, by us or by the network, may have been answered all the same.
        const lost = !(error instanceof ProviderError) || error.consumed === 'perhaps';
        await patiently(() => deps.calls.release(key, deps.holder, lost), deps.patience);
        throw error;
      },
    );
    deps.journal?.note(claim, record);
    const reply = replyOf(record);
    outcome = { kind: 'answered', outputTokens: reply.outputTokens };
    await patiently(() => deps.calls.settle(claim, record), deps.patience);
    return reply;
  } catch (error) {
    permit.end(outcome);
    await waitOrGiveUp(error, tries, { call, run, deps });
    return undefined;
  } finally {
    permit.end(outcome);
  }
}

const outcomeOf = (error: unknown): CallOutcome =>
  error instanceof ProviderError && error.kind === 'rate-limited'
    ? { kind: 'rate-limited', retryAfterMs: error.retryAfterMs }
    : { kind: 'failed' };

function replyOf({ reply, cost, latencyMs }: CallRecord): LedgeredReply {
  // Written by `settle` alone.
  return { ...(reply as ReplyText & { outputTokens?: number }), cost, latencyMs };
}

type Sent = Pick<CallOptions, 'signal' | 'onLimits'>;

async function callProvider(call: ModelCall, sent: Sent, deps: LedgerDependencies): Promise<CallRecord> {
  const { model, provider, request } = call;
  const startedAtMs = deps.now();
  const answer = await deps.providers.chat(
    { model, provider, request, stream: false },
    { ...sent, onAttempt: () => undefined },
  );
  if (answer.kind !== 'reply') throw new TypeError('asked for a whole reply, got a stream');
  const latencyMs = deps.now() - startedAtMs;
  const metering = {
    model,
    isoDate: new Date(startedAtMs).toISOString(),
    countedInputTokens: countRequestTokens(request),
  };
  const { cost, usage } = meterReply(answer.usage, answer.outputChars ?? 0, metering);
  return { reply: { ...readCompletion(answer.body), outputTokens: usage.outputTokens }, cost, latencyMs };
}

/** Our own count of tokens may fall short of the provider's by this much: the ceiling holds by the larger one. */
const COUNT_MARGIN = 1.25;

function sizeOf({ request, model }: ModelCall): CallSize {
  const asked = request.max_completion_tokens ?? request.max_tokens;
  return {
    inputTokens: Math.ceil(countRequestTokens(request) * COUNT_MARGIN),
    outputTokens: asked ?? model.maxOutputTokens ?? model.contextTokens,
  };
}

function claimOf(
  { model, purpose }: ModelCall,
  { key, runId, size }: { key: Buffer; runId: string; size: CallSize },
  { holder, now }: LedgerDependencies,
): CallClaim {
  const price = priceOn(model, new Date(now()).toISOString());
  const reserveNanoUsd = price === undefined ? 0 : expectedCost(price, size);
  return { key, runId, purpose, modelId: model.id, holder, leaseMs: LEASE_MS, reserveNanoUsd };
}

/** Somebody else makes the call, or there is no money for it now. */
async function standBack(
  why: 'taken' | 'ceiling' | 'stopped',
  run: Run,
  { calls, runs, patience }: LedgerDependencies,
): Promise<void> {
  if (why === 'taken') {
    await patiently(() => calls.sweep(), patience);
    await sleep(TAKEN_POLL_MS, undefined, { signal: run.signal });
    return;
  }
  const stored = await patiently(() => runs.get(run.id), patience);
  if (why === 'stopped' || stored === undefined || stored.status !== 'running') {
    throw new RunStopped('ended', `the run is ${stored?.status ?? 'gone'}`);
  }
  // What is under way will cost less than is held for it: when nothing is, waiting frees nothing.
  if (stored.reservedNanoUsd === 0) throw new RunStopped('ceiling', 'the next call might pass the cost ceiling');
  await sleep(CEILING_POLL_MS, undefined, { signal: run.signal });
}

/** Waits before the next try of a failure that may pass. @throws what ends the call, or the run. */
async function waitOrGiveUp(
  error: unknown,
  tries: Tries,
  { call, run, deps }: { call: ModelCall; run: Run; deps: LedgerDependencies },
): Promise<void> {
  if (!(error instanceof ProviderError)) throw error;
  const { id } = call.model;
  const waitedMs = deps.now() - tries.startedAtMs;
  if (error.kind === 'misconfigured') {
    throw new RunStopped('misconfigured', `${id} cannot be called: ${error.message}`, { cause: error });
  }
  if (error.kind === 'rejected' || error.kind === 'unsuitable') {
    throw new CallFailed(`${id} refused the request: ${error.message}`, { cause: error });
  }
  if (error.kind === 'rate-limited') {
    if (waitedMs < deps.callPatienceMs) return;
    const message = `${id} limits our rate for ${Math.round(waitedMs / 60_000)} minutes now: ${error.message}`;
    throw new RunStopped('rate-limited', message, { cause: error });
  }
  tries.failures += 1;
  if (tries.failures >= MOST_FAILURES || waitedMs > deps.callPatienceMs) {
    throw new CallFailed(`${id} failed ${tries.failures} times, at last: ${error.message}`, { cause: error });
  }
  const ownWaitMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (tries.failures - 1));
  await sleep(error.retryAfterMs ?? ownWaitMs, undefined, { signal: run.signal });
}
