import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Configuration, showRouter } from '@pointsman/administration';
import { type Decision, type Feedback, GatewayError } from '@pointsman/contracts';
import { hashKey, type Repositories } from '@pointsman/db';
import { shippedCatalog } from '@pointsman/model-catalog';
import { assessRequest, createProviderClient } from '@pointsman/providers';
import { shippedArtefactDir } from '@pointsman/router-model';
import { createExactCache } from './cache/exact-cache.ts';
import { createBudgets } from './limits/budgets.ts';
import { createRateLimits } from './limits/rate-limits.ts';
import { keepPartitions } from './live/keep-partitions.ts';
import { createKeyDirectory } from './live/key-directory.ts';
import { createLatencyTracker } from './live/latency-tracker.ts';
import { createLiveRouter } from './live/live-router.ts';
import { buildModelDirectory } from './live/model-directory.ts';
import { createPacing } from './live/pacing.ts';
import { createRecentDecisions } from './live/recent-decisions.ts';
import { createSessions } from './live/sessions.ts';
import { watchRevision } from './live/watch-revision.ts';
import { errorText, type Log } from './logging/create-log.ts';
import { createGatewayMetrics, type GatewayMetrics } from './metrics/gateway-metrics.ts';
import { openModelSource } from './model-source.ts';
import { openStorage } from './open-storage.ts';
import type { PipelineDependencies } from './pipeline/pipeline-dependencies.ts';
import { createDecisionRecorder } from './recording/decision-recorder.ts';

/** Everything concrete, built once. */
export type GatewayDependencies = {
  pipeline: PipelineDependencies;
  repositories: Repositories;
  log: Log;
  metrics: GatewayMetrics;
  maxRequestBytes: number;
  isDraining(): boolean;
  beginDraining(): void;
  pingDatabase(): Promise<void>;
  /** @throws GatewayError `not_found`, also for another client's decision. */
  findDecision(id: string, clientId: string | undefined): Promise<Decision>;
  addFeedback(feedback: Feedback, clientId: string): Promise<void>;
  /** Drains what is buffered and stops what was started, in the order that loses nothing. */
  close(): Promise<void>;
};

/** How long a prediction may take before benchmark averages stand in; ten times what it should. */
const PREDICTION_TIMEOUT_MS = 50;

/** The composition root: the one place where concrete things are built and wired. */
export async function createDependencies(configuration: Configuration, log: Log): Promise<GatewayDependencies> {
  const now = Date.now;
  // Monotonic, yet on the scale of the wall clock: durations never jump, and what it stamps is a time.
  const elapsedMs = () => performance.timeOrigin + performance.now();
  const storage = await openStorage(configuration, log);
  const { repositories } = storage;
  const source = await openModelSource(configuration);
  const nodeId = randomUUID();
  const redisUrl = configuration.redisUrl?.reveal();
  const warn = (message: string) => (error: unknown) => log.warn(message, { error: errorText(error) });

  const readDirectory = async () =>
    buildModelDirectory((await repositories.catalogs.active()) ?? shippedCatalog(), configuration, source.emulated);
  let directory = await readDirectory();
  const router = createLiveRouter({
    onLoaded: (manifest) => log.info('router model loaded', { version: manifest.version }),
    onFailure: (artefactDir, error) =>
      log.error('router artefact does not load', { artefactDir, error: errorText(error) }),
  });
  const useActiveRouter = async () => {
    const active = await showRouter(repositories);
    const configured = configuration.routerDir === undefined ? undefined : { artefactDir: configuration.routerDir };
    await router.use(configured ?? active ?? { artefactDir: shippedArtefactDir() });
  };
  await useActiveRouter();

  const keys = createKeyDirectory({ hash: hashKey, find: (hash) => repositories.keys.findByHash(hash) });
  const providers = createProviderClient({
    keyFor: source.keyFor,
    now: elapsedMs,
    timeouts: given(configuration.defaults.timeouts),
    retries: configuration.defaults.retries,
  });
  const recorder = await createDecisionRecorder({
    nodeId,
    write: async (batch, madeBy) => {
      const { rejected } = await repositories.decisions.insertBatch(batch, { nodeId: madeBy });
      for (const { id, message } of rejected)
        log.error('a decision record cannot be stored', { decision: id, error: message });
    },
    spoolDir: join(configuration.dataDir, 'spool'),
    spoolLimitBytes: configuration.limits.spoolBytes,
    onError: warn('decision records wait for the database'),
    onDropped: (count) => log.error('decision records were dropped: memory and spool are full', { count }),
  });
  const budgets = createBudgets({
    leases: repositories.budgets,
    nodeId,
    now,
    onError: warn('budget leases could not be renewed'),
  });
  const rateLimits = createRateLimits({ now, redisUrl, onRedisError: warn('rate limits fall back to memory') });
  const cache = createExactCache({ maxBytes: configuration.limits.cacheBytes, now, redisUrl });
  const metrics = createGatewayMetrics({ recorder: recorder.stats, breakers: providers.breakers });
  const recent = createRecentDecisions();
  const record = (decision: Decision) => {
    recorder.record(decision);
    recent.remember(decision);
    metrics.observe(decision);
  };

  const watch = watchRevision({
    read: () => repositories.configRevision(),
    onChange: async () => {
      keys.drop();
      directory = await readDirectory();
      await useActiveRouter();
    },
    onError: warn('configuration changes cannot be seen'),
  });
  const partitions = keepPartitions({
    partitions: repositories.partitions,
    retentionDays: configuration.retention.decisionsDays,
    now,
    onDropped: (names) => log.info('old decisions dropped', { partitions: names }),
    onError: warn('partitions could not be kept'),
  });

  let draining = false;
  return {
    pipeline: {
      now,
      elapsedMs,
      findCaller: keys.findCaller,
      directory: () => directory,
      assessRequest,
      quality: {
        predictor: router.predictor,
        timeoutMs: PREDICTION_TIMEOUT_MS,
        elapsedMs,
        onFailure: warn('the router model did not answer'),
      },
      manifest: router.manifest,
      rateLimits,
      budgets,
      cache,
      sessions: createSessions(now),
      latencies: createLatencyTracker(),
      pacing: createPacing({ now, spentThisMonth: (paced) => spentThisMonth(repositories, paced, now()) }),
      providers,
      emulated: source.emulated !== undefined,
      record,
    },
    repositories,
    log,
    metrics,
    maxRequestBytes: configuration.limits.maxRequestBytes,
    isDraining: () => draining,
    beginDraining: () => {
      draining = true;
    },
    pingDatabase: () => storage.database.ping(),
    findDecision: (id, clientId) => findDecision(recent.find(id), { id, clientId }, repositories),
    addFeedback: async (feedback, clientId) => {
      await findDecision(recent.find(feedback.decision_id), { id: feedback.decision_id, clientId }, repositories);
      await repositories.feedback.add(feedback, clientId);
    },
    async close() {
      watch.stop();
      partitions.stop();
      await recorder.close();
      await Promise.allSettled([
        budgets.close(),
        rateLimits.close(),
        cache.close(),
        providers.close(),
        router.close(),
        source.close(),
      ]);
      await storage.close();
    },
  };
}

/** What was configured; an absent entry must not overwrite a default. */
function given<T extends object>(settings: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

async function findDecision(
  recent: Decision | undefined,
  wanted: { id: string; clientId: string | undefined },
  repositories: Repositories,
): Promise<Decision> {
  const { id, clientId } = wanted;
  const found = recent ?? (await repositories.decisions.get(id, clientId));
  if (found !== undefined && (clientId === undefined || found.clientId === clientId)) return found;
  throw new GatewayError(
    'not_found',
    `There is no decision "${id}". Its id is in the reply header x-pointsman-decision-id; records are kept for the time of retention.`,
  );
}

async function spentThisMonth(
  repositories: Repositories,
  paced: { clientId: string; policy: string },
  nowMs: number,
): Promise<number> {
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const tomorrow = new Date(nowMs + 86_400_000).toISOString().slice(0, 10);
  const rows = await repositories.decisions.usage({
    clientId: paced.clientId,
    from: `${today.slice(0, 8)}01`,
    to: tomorrow,
    by: ['policy'],
  });
  return rows.find((row) => row.key.policy === paced.policy)?.costNanoUsd ?? 0;
}
