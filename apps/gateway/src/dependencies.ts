import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Configuration, type ModelSource, openModelSource } from '@pointsman/administration';
import { type Decision, type Feedback, GatewayError } from '@pointsman/contracts';
import type { Repositories } from '@pointsman/db';
import { assessRequest, createProviderClient, type ProviderClient } from '@pointsman/providers';
import { createExactCache } from './cache/exact-cache.ts';
import { createBudgets } from './limits/budgets.ts';
import { createRateLimits } from './limits/rate-limits.ts';
import { keepCertificates } from './live/keep-certificates.ts';
import { keepPartitions } from './live/keep-partitions.ts';
import { createLatencyTracker } from './live/latency-tracker.ts';
import { type LiveConfiguration, openLiveConfiguration } from './live/live-configuration.ts';
import { createOpenRequests, type OpenRequests } from './live/open-requests.ts';
import { openShadow } from './live/open-shadow.ts';
import { createPacing } from './live/pacing.ts';
import { createRecentDecisions } from './live/recent-decisions.ts';
import { createSessions } from './live/sessions.ts';
import type { LiveShadow } from './live/shadow-router.ts';
import { spentThisMonth } from './live/spent-this-month.ts';
import { errorText, type Log } from './logging/create-log.ts';
import { createGatewayMetrics, type GatewayMetrics } from './metrics/gateway-metrics.ts';
import { openStorage, type Storage } from './open-storage.ts';
import { type Operations, openOperations } from './operations/open-operations.ts';
import { watchLimits } from './operations/watch-limits.ts';
import type { PipelineDependencies } from './pipeline/pipeline-dependencies.ts';
import { createDecisionRecorder } from './recording/decision-recorder.ts';
import { openSampling } from './sampling/open-sampling.ts';
import type { SampleRecorder } from './sampling/sample-recorder.ts';
import type { SignIn } from './sign-in/create-sign-in.ts';
import { openSignIn } from './sign-in/open-sign-in.ts';

/** Everything concrete, built once. */
export type GatewayDependencies = {
  pipeline: PipelineDependencies;
  repositories: Repositories;
  log: Log;
  metrics: GatewayMetrics;
  maxRequestBytes: number;
  openRequests: OpenRequests;
  isDraining(): boolean;
  beginDraining(): void;
  pingDatabase(): Promise<void>;
  /** @throws GatewayError `not_found`, also for another client's decision. */
  findDecision(id: string, clientId: string | undefined): Promise<Decision>;
  addFeedback(feedback: Feedback, clientId: string): Promise<void>;
  configuration: Configuration;
  operations: Operations;
  samples: Pick<SampleRecorder, 'flush'>;
  signIn: SignIn;
  /** Lets open requests end, drains what is buffered and stops what was started, in the order that loses nothing. */
  close(): Promise<void>;
};

/** A request whose connection is gone ends within milliseconds; anything slower is a fault that must not keep the process. */
const REQUESTS_END_WITHIN_MS = 2_000;

/** What every part of the composition stands on. */
type Ground = {
  configuration: Configuration;
  log: Log;
  storage: Storage;
  source: ModelSource;
  /** Names this process to the database: budget leases are held in its name. */
  nodeId: string;
  now(): number;
  elapsedMs(): number;
  /** Makes a reporter of errors that the gateway survives. */
  warn(message: string): (error: unknown) => void;
};

/** The composition root: the one place where concrete things are built and wired. */
export async function createDependencies(configuration: Configuration, log: Log): Promise<GatewayDependencies> {
  const storage = await openStorage(configuration, log);
  try {
    return await compose(configuration, log, storage);
  } catch (error) {
    // An embedded server outlives this process unless it is stopped.
    await storage.close();
    throw error;
  }
}

async function compose(configuration: Configuration, log: Log, storage: Storage): Promise<GatewayDependencies> {
  const ground = await prepareGround(configuration, log, storage);
  const shadow = openShadow({
    ...ground,
    comparisons: storage.repositories.shadowDecisions,
    onLost: ground.warn('comparisons with the shadow artefact are lost'),
  });
  const live = await openLiveConfiguration({ ...ground, repositories: storage.repositories, shadow: shadow.router });
  const limits = createLimits(ground);
  const { client: providers, told } = createProviders(ground);
  const samples = createSampling(ground);
  const records = await createRecords(ground, { providers, shadow: shadow.router, samples });
  const { router, directory } = live;
  const operations = openOperations({ ...ground, ...records, providers, told, router, directory });
  const record = (decision: Decision) => {
    records.record(decision);
    operations.observe(decision);
  };
  const openRequests = createOpenRequests();
  let draining = false;
  return {
    pipeline: createPipeline(ground, { ...limits, providers, live, shadow: shadow.router, samples, record }),
    repositories: storage.repositories,
    configuration,
    operations,
    log,
    metrics: records.metrics,
    maxRequestBytes: configuration.limits.maxRequestBytes,
    openRequests,
    isDraining: () => draining,
    beginDraining: () => {
      draining = true;
      operations.events.close();
    },
    pingDatabase: () => storage.database.ping(),
    findDecision: records.find,
    samples,
    signIn: await openSignIn(ground),
    addFeedback: async (feedback, clientId) => {
      await records.find(feedback.decision_id, clientId);
      await storage.repositories.feedback.add(feedback, clientId);
    },
    async close() {
      await openRequests.ended(REQUESTS_END_WITHIN_MS);
      live.stop();
      await records.close();
      const parts = [...Object.values(limits), providers, router, shadow, samples, operations, ground.source];
      await Promise.allSettled(parts.map((part) => part.close()));
      await storage.close();
    },
  };
}

async function prepareGround(configuration: Configuration, log: Log, storage: Storage): Promise<Ground> {
  return {
    configuration,
    log,
    storage,
    source: await openModelSource(configuration),
    nodeId: randomUUID(),
    now: Date.now,
    // Monotonic, yet on the scale of the wall clock: durations never jump, and what it stamps is a time.
    elapsedMs: () => performance.timeOrigin + performance.now(),
    warn: (message) => (error) => log.warn(message, { error: errorText(error) }),
  };
}

/** The one way to call models, and what providers told of our allowance. */
function createProviders({ configuration, source, now, elapsedMs }: Ground) {
  const client = createProviderClient({
    keyFor: source.keyFor,
    now: elapsedMs,
    timeouts: given(configuration.defaults.timeouts),
    retries: configuration.defaults.retries,
  });
  return watchLimits(client, now);
}

function createSampling({ storage, now, warn }: Ground) {
  return openSampling({
    samples: storage.repositories.requestSamples,
    now,
    onLost: warn('samples are lost'),
    onPurgeError: warn('samples past their time could not be erased'),
  });
}

function createLimits({ configuration, storage, nodeId, now, warn }: Ground) {
  const redisUrl = configuration.redisUrl?.reveal();
  return {
    budgets: createBudgets({
      leases: storage.repositories.budgets,
      nodeId,
      now,
      onError: warn('budget leases could not be renewed'),
    }),
    rateLimits: createRateLimits({ now, redisUrl, onRedisError: warn('rate limits fall back to memory') }),
    cache: createExactCache({ maxBytes: configuration.limits.cacheBytes, now, redisUrl }),
  };
}

/** Where decisions go: to the database by way of the recorder, to the metrics, and to those who ask at once. */
async function createRecords(
  ground: Ground,
  { providers, shadow, samples }: { providers: ProviderClient; shadow: LiveShadow; samples: SampleRecorder },
) {
  const { configuration, log, storage, nodeId, warn } = ground;
  const { decisions } = storage.repositories;
  const recorder = await createDecisionRecorder({
    nodeId,
    write: async (batch, madeBy) => {
      const { rejected } = await decisions.insertBatch(batch, { nodeId: madeBy });
      for (const { id, message } of rejected) {
        log.error('a decision record cannot be stored', { decision: id, error: message });
      }
    },
    spoolDir: join(configuration.dataDir, 'spool'),
    spoolLimitBytes: configuration.limits.spoolBytes,
    onError: warn('decision records wait for the database'),
    onDropped: (count) => log.error('decision records were dropped: memory and spool are full', { count }),
  });
  const metrics = createGatewayMetrics({
    recorder: recorder.stats,
    breakers: providers.breakers,
    shadow: shadow.stats,
    samples: samples.stats,
  });
  const recent = createRecentDecisions();
  const keepers = startKeepers(ground, metrics);
  return {
    metrics,
    recorder,
    record(decision: Decision) {
      recorder.record(decision);
      recent.remember(decision);
      metrics.observe(decision);
    },
    async find(id: string, clientId: string | undefined): Promise<Decision> {
      const found = recent.find(id) ?? (await decisions.get(id, clientId));
      if (found !== undefined && (clientId === undefined || found.clientId === clientId)) return found;
      throw new GatewayError('not_found', `There is no decision "${id}". ${WHERE_DECISIONS_ARE}`);
    },
    async close() {
      for (const keeper of keepers) keeper.stop();
      await recorder.close();
    },
  };
}

/** What is looked after while the gateway runs: the decisions' partitions, and whether certificates still hold. */
function startKeepers({ configuration, log, storage, now, warn }: Ground, metrics: GatewayMetrics) {
  const { partitions, certificates } = storage.repositories;
  return [
    keepPartitions({
      partitions,
      retentionDays: configuration.retention.decisionsDays,
      now,
      onDropped: (names) => log.info('old decisions dropped', { partitions: names }),
      onError: warn('partitions could not be kept'),
    }),
    keepCertificates({
      certificates,
      now,
      onExpired: (certificate) => {
        const { id, policy, why } = certificate;
        log.warn('a certificate has expired: the strongest model answers now', { certificate: id, policy, why });
        metrics.certificateExpired(policy);
      },
      onError: warn('drift could not be looked for'),
    }),
  ];
}

const WHERE_DECISIONS_ARE =
  'Its id is in the reply header x-pointsman-decision-id; records are kept for the time of retention.';

type Parts = ReturnType<typeof createLimits> & {
  providers: ProviderClient;
  live: LiveConfiguration;
  shadow: LiveShadow;
  samples: SampleRecorder;
  record(decision: Decision): void;
};

function createPipeline(
  { configuration, storage, source, now, elapsedMs, warn }: Ground,
  parts: Parts,
): PipelineDependencies {
  const { live } = parts;
  return {
    now,
    elapsedMs,
    findCaller: live.findCaller,
    directory: live.directory,
    assessRequest,
    quality: {
      predictor: live.router.predictor,
      timeoutMs: configuration.routerTimeoutMs,
      elapsedMs,
      onFailure: warn('the router model did not answer'),
    },
    manifest: live.router.manifest,
    findCertificate: live.findCertificate,
    rateLimits: parts.rateLimits,
    budgets: parts.budgets,
    cache: parts.cache,
    sessions: createSessions(now),
    latencies: createLatencyTracker(),
    pacing: createPacing({ now, spentThisMonth: (paced) => spentThisMonth(storage.repositories, paced, now()) }),
    providers: parts.providers,
    emulated: source.emulated !== undefined,
    record: parts.record,
    shadow: parts.shadow,
    samples: parts.samples,
  };
}

/** What was configured; an absent entry must not overwrite a default. */
function given<T extends object>(settings: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
