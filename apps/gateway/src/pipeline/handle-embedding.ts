import {
  type CatalogModel,
  type EmbeddingRequest,
  embeddingRequestSchema,
  formatUsd,
  GatewayError,
  type RequestOptions,
  type Usage,
  utcDay,
} from '@pointsman/contracts';
import { chargeOf, estimateCost, estimateTokens, meterReply, resolveModel } from '@pointsman/model-catalog';
import { ProviderError } from '@pointsman/providers';
import { authenticate, type Caller } from './authenticate.ts';
import { explainFailure } from './call-with-fallback.ts';
import { type Constraints, constraintsOf } from './constraints-of.ts';
import {
  type DecisionDraft,
  NOTHING_SPENT,
  noteOptions,
  noteServedBy,
  startDecision,
  totalCost,
} from './decision-draft.ts';
import type { ChatCompletionCall } from './handle-chat-completion.ts';
import { barredBy } from './list-candidates.ts';
import { check, mergeOptions } from './parse-chat-request.ts';
import { parseJson } from './parse-json.ts';
import type { PipelineDependencies } from './pipeline-dependencies.ts';
import { endRefused } from './refuse.ts';
import { type Reply, replyFactsOf } from './reply.ts';

/**
 * One embeddings call. The caller names the model: vectors of different models cannot be compared, so there is neither
 * a choice nor a fallback. @throws GatewayError
 */
export async function handleEmbedding(call: ChatCompletionCall, deps: PipelineDependencies): Promise<Reply> {
  const caller = await authenticate(call.secret, 'inference', deps);
  const start = { id: call.id, atMs: deps.now(), startedMs: call.startedMs, endpoint: 'embeddings' } as const;
  const draft = startDecision(start, caller, deps);
  try {
    const { pointsman, ...request } = check(embeddingRequestSchema, parseJson(await call.readText()), '');
    const options = mergeOptions(pointsman, call.optionTexts);
    draft.decision.requestedModel = request.model;
    noteOptions(draft.decision, options, request.user);
    return await embed({ call, caller, draft, request, options }, deps);
  } catch (error) {
    throw endRefused(draft, error);
  }
}

type EmbedCall = {
  call: ChatCompletionCall;
  caller: Caller;
  draft: DecisionDraft;
  request: EmbeddingRequest;
  options: RequestOptions;
};

async function embed({ call, caller, draft, request, options }: EmbedCall, deps: PipelineDependencies): Promise<Reply> {
  const model = embeddingModel(request.model, deps);
  const constraints = constraintsFor(options, caller);
  const provider = serviceableProvider(model, constraints, deps);
  const inputTokens = tokensOf(request.input);
  const metering = { model, isoDate: utcDay(deps.now()), countedInputTokens: inputTokens };
  const ticket = await deps.rateLimits.admit(caller, inputTokens);
  const expected = chargeOf(estimateCost({ inputTokens, outputTokens: 0 }, metering, 'hold'));
  refuseDearer(model, expected, constraints);
  const hold = await deps.budgets.hold(caller.client, expected);
  const { decision } = draft;
  try {
    const answer = await deps.providers.embed(
      { provider, model, request },
      {
        signal: call.signal,
        onAttempt: ({ consumed, ...report }) => {
          const cost =
            consumed === 'nothing'
              ? NOTHING_SPENT
              : estimateCost({ inputTokens, outputTokens: 0 }, metering, 'no usage was reported');
          decision.attempts.push({
            modelId: model.id,
            provider: provider.id,
            ...report,
            cost,
          });
        },
      },
    );
    // Embeddings have no output tokens: this zero is the format's, not a missing count.
    const usage: Usage = { ...answer.usage, outputTokens: 0 };
    const metered = meterReply(usage, 0, metering);
    const last = decision.attempts.at(-1);
    if (last !== undefined) Object.assign(last, metered);
    noteServedBy(decision, model.id, 'requested-model');
    draft.complete({ outcome: 'answered', ...metered, cost: totalCost(decision.attempts) });
    return { facts: replyFactsOf(decision, true), rate: ticket.state, body: { kind: 'json', bytes: answer.body } };
  } catch (error) {
    const abandoned = call.signal.aborted;
    if (abandoned) draft.complete({ outcome: 'abandoned' });
    const lastError = error instanceof ProviderError ? error : undefined;
    if (lastError === undefined && !abandoned) throw error;
    const why = abandoned ? 'abandoned' : 'failed';
    throw explainFailure({ kind: 'unanswered', why, attempts: decision.attempts, lastError });
  } finally {
    hold.settle(chargeOf(totalCost(decision.attempts)));
    ticket.settle(decision.usage.inputTokens ?? inputTokens);
  }
}

function embeddingModel(name: string, deps: PipelineDependencies): CatalogModel {
  const { catalog } = deps.directory();
  const models = catalog.models.filter((m) => m.kind === 'embedding');
  const result = resolveModel({ ...catalog, models }, name);
  if (result.kind === 'found') return result.model;
  const near = result.kind === 'ambiguous' ? result.ids : result.nearest;
  throw new GatewayError(
    'model_not_found',
    `There is no embedding model "${name}" here. ${near.length > 0 ? `Did you mean ${near.join(' or ')}? ` : ''}Name one: vectors of different models cannot be compared, so "auto" does not apply.`,
    { param: 'model' },
  );
}

function constraintsFor(options: RequestOptions, caller: Caller): Constraints {
  const policy = caller.policies.find((p) => p.name === caller.client.policy);
  if (policy === undefined)
    throw new GatewayError('invalid_request', `The client's policy "${caller.client.policy}" does not exist.`);
  return constraintsOf({ options, providers: {}, maxPrice: {} }, policy, caller);
}

function refuseDearer(model: CatalogModel, expectedNanoUsd: number, { rules }: Constraints): void {
  if (rules.maxCostNanoUsd === undefined || expectedNanoUsd <= rules.maxCostNanoUsd) return;
  throw new GatewayError(
    'no_eligible_model',
    `${model.id} cannot serve this request: it would cost $${formatUsd(expectedNanoUsd)}, and the ceiling is $${formatUsd(rules.maxCostNanoUsd)}.`,
  );
}

function serviceableProvider(model: CatalogModel, constraints: Constraints, deps: PipelineDependencies) {
  const barred = barredBy(model, constraints);
  const provider = deps.directory().provider(model.provider);
  if (barred === undefined && provider !== undefined) return provider;
  throw new GatewayError(
    'no_eligible_model',
    `${model.id} cannot serve this request: ${barred?.detail ?? 'its provider is switched off'}.`,
  );
}

function tokensOf(input: EmbeddingRequest['input']): number {
  if (typeof input === 'string') return estimateTokens(input);
  return input.reduce<number>(
    (sum, part) => sum + (typeof part === 'string' ? estimateTokens(part) : Array.isArray(part) ? part.length : 1),
    0,
  );
}
