import {
  type Configuration,
  GONE_AFTER_MS,
  keepNode,
  type ModelDirectory,
  type ModelSource,
} from '@pointsman/administration';
import type { Decision, NodesView, NodeView, ProvidersView, QueuesView } from '@pointsman/contracts';
import type { NodeBeat, StoredNode } from '@pointsman/db';
import type { ProviderClient } from '@pointsman/providers';
import type { LiveRouter } from '../live/live-router.ts';
import type { Storage } from '../open-storage.ts';
import type { DecisionRecorder } from '../recording/decision-recorder.ts';
import { createEventHub, type EventHub } from './event-hub.ts';
import { probeRedis } from './probe-redis.ts';
import { ProviderCalls } from './provider-calls.ts';
import { readProviders } from './read-providers.ts';
import type { ToldLimits } from './watch-limits.ts';

/** What operators see of this gateway and of what it shares a database with. */
export type Operations = {
  /** Counts a decision's calls to providers. */
  observe(decision: Decision): void;
  providers(): ProvidersView;
  nodes(): Promise<NodesView>;
  queues(): Promise<QueuesView>;
  events: EventHub;
  close(): Promise<void>;
};

export type OperationsOptions = {
  configuration: Configuration;
  storage: Storage;
  source: Pick<ModelSource, 'emulated'>;
  nodeId: string;
  now(): number;
  elapsedMs(): number;
  directory(): ModelDirectory;
  providers: Pick<ProviderClient, 'breakers'>;
  told(provider: string): ToldLimits[];
  recorder: Pick<DecisionRecorder, 'stats'>;
  router: Pick<LiveRouter, 'manifest'>;
  warn(message: string): (error: unknown) => void;
};

const HOUR_MS = 3_600_000;
/** Runs that have ended lately stay in sight. */
const ENDED_RUNS = 10;

/** Starts to count, to beat and to be asked. */
export function openOperations(options: OperationsOptions): Operations {
  const { configuration, storage, nodeId, now, warn } = options;
  const { queues: stored } = storage.repositories;
  const startedMs = now();
  const calls = new ProviderCalls(now);
  const { kept, nodes, close } = keepThisNode(options, new Date(startedMs).toISOString());
  const providers = (): ProvidersView => ({
    nodeId,
    since: new Date(Math.max(startedMs, now() - HOUR_MS)).toISOString(),
    data: readProviders({
      catalog: options.directory().catalog,
      configuration,
      emulated: options.source.emulated !== undefined,
      breakers: options.providers.breakers(),
      calls,
      limits: options.told,
    }),
  });
  const queues = async (): Promise<QueuesView> => {
    const [runs, annotation] = await Promise.all([stored.runs(ENDED_RUNS), stored.annotation()]);
    return { runs, annotation };
  };
  const events = createEventHub({
    read: { nodes, runs: queues, providers: async () => providers() },
    onError: warn('live views cannot be read'),
  });
  return {
    observe(decision) {
      for (const attempt of decision.attempts) calls.observe(attempt);
    },
    providers,
    nodes,
    queues,
    events,
    async close() {
      events.close();
      await Promise.all([kept.stop(), close()]);
    },
  };
}

/** Lets this gateway say how it is, and reads what the others say. */
function keepThisNode(options: OperationsOptions, startedAt: string) {
  const { configuration, storage, nodeId: id, elapsedMs, source } = options;
  const { nodes: stored } = storage.repositories;
  const { pool } = storage.database;
  const redis = probeRedis({ ...options, url: configuration.redisUrl?.reveal() });
  let latencyMs: number | undefined;
  const timed = async <T>(query: () => Promise<T>): Promise<T> => {
    const startedMs = elapsedMs();
    const result = await query();
    latencyMs = elapsedMs() - startedMs;
    return result;
  };
  const kept = keepNode({
    nodes: {
      beat: async (beat) => {
        await redis.measure();
        await timed(() => stored.beat(beat));
      },
      leave: stored.leave,
    },
    id,
    kind: 'gateway',
    startedAt,
    memory: process.memoryUsage,
    facts: () => ({
      recorder: options.recorder.stats(),
      database: {
        connections: pool.totalCount,
        idle: pool.idleCount,
        waiting: pool.waitingCount,
        most: pool.options.max,
        latencyMs,
      },
      redis: redis.state(),
      routerVersion: options.router.manifest()?.version,
      emulated: source.emulated !== undefined,
    }),
    onError: options.warn('this gateway could not say that it is alive'),
  });
  const nodes = async (): Promise<NodesView> => {
    const others = (await timed(() => stored.list())).filter((node) => node.id !== id);
    const beatAt = new Date(options.now()).toISOString();
    return { data: [viewOf({ ...kept.describe(), beatAt, silentMs: 0 }, true), ...others.map((node) => viewOf(node))] };
  };
  return { kept, nodes, close: () => redis.close() };
}

function viewOf({ silentMs, ...node }: NodeBeat & Pick<StoredNode, 'beatAt' | 'silentMs'>, isThis = false): NodeView {
  return { ...node, isAlive: silentMs < GONE_AFTER_MS, isThis };
}
