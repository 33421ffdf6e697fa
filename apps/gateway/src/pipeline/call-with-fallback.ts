import { type Attempt, type ChatRequest, type Cost, GatewayError } from '@pointsman/contracts';
import type { AttemptReport, ChatAnswer, ChatCall, ProviderClient } from '@pointsman/providers';
import { ProviderError } from '@pointsman/providers';
import type { ListedModel } from './list-candidates.ts';

export type Answered = { kind: 'answered'; servedBy: ListedModel; answer: ChatAnswer; attempts: Attempt[] };
export type Unanswered = {
  kind: 'unanswered';
  why: 'failed' | 'abandoned';
  attempts: Attempt[];
  lastError: ProviderError | undefined;
};

export type FallbackCall = {
  plan: readonly ListedModel[];
  request: ChatRequest;
  stream: boolean;
  signal: AbortSignal;
  client: ProviderClient;
  /** Cost of an attempt that gave no answer; a provider may have consumed tokens all the same. */
  costOfFailure(entry: ListedModel, report: AttemptReport): Cost;
};

/** More models than this in a row failing is an outage, not bad luck; the caller is better served by hearing of it. */
const MOST_MODELS = 4;

/**
 * Tries each model of the plan in turn until one gives its first part. That part is the commit point: after it the
 * caller has seen output, and nothing is tried elsewhere. Retries of the same model live in the provider client.
 */
export async function callWithFallback(call: FallbackCall): Promise<Answered | Unanswered> {
  const attempts: Attempt[] = [];
  let lastError: ProviderError | undefined;
  for (const entry of call.plan.slice(0, MOST_MODELS)) {
    try {
      const answer = await ask(entry, call, attempts);
      return { kind: 'answered', servedBy: entry, answer, attempts };
    } catch (error) {
      if (call.signal.aborted) return { kind: 'unanswered', why: 'abandoned', attempts, lastError };
      if (!(error instanceof ProviderError)) throw error;
      lastError = error;
      if (error.kind === 'rejected') break;
    }
  }
  return { kind: 'unanswered', why: 'failed', attempts, lastError };
}

function ask(entry: ListedModel, call: FallbackCall, attempts: Attempt[]): Promise<ChatAnswer> {
  const { request, stream } = call;
  const chatCall: ChatCall = { provider: entry.provider, model: entry.model, request, stream };
  return call.client.chat(chatCall, {
    signal: call.signal,
    onAttempt: (report) => attempts.push(toAttempt(entry, report, call)),
  });
}

/** The answered attempt's cost is set once its usage is known; until then it is unknown, never zero. */
function toAttempt(entry: ListedModel, report: AttemptReport, call: FallbackCall): Attempt {
  const { consumed: _, ...facts } = report;
  const cost: Cost =
    report.outcome === 'answered'
      ? { status: 'unknown', why: 'the reply is not finished' }
      : call.costOfFailure(entry, report);
  return { modelId: entry.model.id, provider: entry.provider.id, cost, ...facts };
}

/** What the caller is told when nobody answered: whose fault it was, and whether trying again can help. */
export function explainFailure(unanswered: Unanswered): GatewayError {
  const { lastError, attempts } = unanswered;
  const tried = [...new Set(attempts.map((a) => a.modelId))].join(', ') || 'no model';
  if (lastError?.kind === 'rejected') {
    return new GatewayError('upstream_rejected', `${tried} refused the request as malformed: ${lastError.message}`, {
      cause: lastError,
    });
  }
  const kinds = new Set(attempts.map((a) => a.failure));
  if (kinds.size === 1 && kinds.has('misconfigured')) {
    return new GatewayError(
      'upstream_credentials_exhausted',
      `The provider refused this gateway's own credentials (tried ${tried}). Your key is fine; the operator must mend theirs.`,
      { cause: lastError },
    );
  }
  if (kinds.size === 1 && kinds.has('rate-limited')) {
    const retryAfterMs = lastError?.retryAfterMs;
    return new GatewayError(
      'upstream_rate_limited',
      `Every provider tried is limiting our rate (${tried}).`,
      retryAfterMs === undefined ? { cause: lastError } : { cause: lastError, retryAfterMs },
    );
  }
  return new GatewayError(
    'providers_exhausted',
    `${attempts.length} attempt(s) failed (${tried}). Last: ${lastError?.message ?? 'no answer'}`,
    { cause: lastError },
  );
}
