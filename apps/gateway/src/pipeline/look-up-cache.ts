import type { Client } from '@pointsman/contracts';
import { type CachedReply, cacheKey, replayAsStream } from '../cache/exact-cache.ts';
import type { DecisionDraft } from './decision-draft.ts';
import { NOTHING_SPENT, noteServedBy } from './decision-draft.ts';
import type { ParsedChatRequest } from './parse-chat-request.ts';
import type { PipelineDependencies } from './pipeline-dependencies.ts';
import { type Reply, replyFactsOf, usageFactsOf } from './reply.ts';
import type { Route } from './resolve-route.ts';

/**
 * The exact cache is opt-in per client, and a request may turn it off for itself. Everything that bounds the choice is part
 * of the key, the policy's content included: a policy that changed must not be answered from before.
 */
export function cacheKeyFor(client: Client, parsed: ParsedChatRequest, route: Route): string | undefined {
  if (!client.cache.enabled || parsed.options.cache === 'off') return undefined;
  const { max_cost_usd, min_score, models, region } = parsed.options;
  const named = route.kind === 'named' ? route.models.map((model) => model.id) : 'auto';
  const bounds = JSON.stringify([
    named,
    route.policy,
    client.regions,
    parsed.providers,
    parsed.maxPrice,
    parsed.modelOrder,
    max_cost_usd,
    min_score,
    models,
    region,
  ]);
  return cacheKey(client.id, bounds, parsed.request);
}

export type CacheHit = { cached: CachedReply; parsed: ParsedChatRequest; rate: Reply['rate'] };

/** Answers from the cache, as a stream when a stream was asked for, and completes the record: nothing was spent. */
export function replyFromCache(hit: CacheHit, draft: DecisionDraft): Reply {
  const { cached, parsed, rate } = hit;
  const { decision } = draft;
  decision.cache = 'hit';
  noteServedBy(decision, cached.modelId, 'cache-hit');
  draft.complete({ outcome: 'cached', usage: cached.usage, cost: NOTHING_SPENT });
  const facts = replyFactsOf(decision, true);
  if (!parsed.stream) return { facts, rate, body: { kind: 'json', bytes: cached.body } };
  const events = replayAsStream(cached.body, { includeUsage: parsed.wantsUsage, usageFacts: usageFactsOf(decision) });
  return { facts, rate, body: { kind: 'stream', events: streamOf([...events, 'data: [DONE]\n\n']) } };
}

async function* streamOf(events: readonly string[]): AsyncGenerator<string> {
  yield* events;
}

export const findCached = (key: string | undefined, deps: PipelineDependencies) =>
  key === undefined ? undefined : deps.cache.find(key);
