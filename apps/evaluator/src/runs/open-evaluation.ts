import { join } from 'node:path';
import {
  buildModelDirectory,
  type Configuration,
  type ModelDirectory,
  type ModelSource,
  openModelSource,
} from '@pointsman/administration';
import { scoreChecks } from '@pointsman/benchmark';
import type { Repositories } from '@pointsman/db';
import { shippedCatalog } from '@pointsman/model-catalog';
import { createProviderClient } from '@pointsman/providers';
import { storedMaps } from '../judging/stored-calibrations.ts';
import { openStorage } from '../open-storage.ts';
import { openReplyJournal, takeUpJournals } from './calls/reply-journal.ts';
import { type OnboardingPlan, openOnboardingPlan } from './onboarding-plan.ts';
import { openRunQueue, type RunQueue } from './queue/run-queue.ts';
import { codeRunner } from './run-code.ts';
import { RunEngine } from './run-engine.ts';
import { runMaterial } from './run-material.ts';
import { createSequentialEnd } from './sequential-end.ts';

export type EvaluationOptions = {
  now(): number;
  onTrouble(message: string): void;
  /** Items under way at once; 128 when absent. */
  concurrency?: number | undefined;
  storagePatienceMs?: number | undefined;
  callPatienceMs?: number | undefined;
};

/** Everything that works on runs, opened once for a command or a worker. */
export type Evaluation = {
  repositories: Repositories;
  directory: ModelDirectory;
  /** Whether the emulator answers for every provider. */
  emulated: boolean;
  /** Which cases tell most about a new model, and when it is known. */
  onboarding: OnboardingPlan;
  engine: RunEngine;
  queue: RunQueue;
  close(): Promise<void>;
};

/** An item makes some six calls, of which the judge's run side by side: this keeps a few hundred under way. */
const DEFAULT_CONCURRENCY = 128;
const CONNECTIONS_PER_PROVIDER = 1_024;
const POOL = 24;
export const STORAGE_PATIENCE_MS = 10 * 60_000;
const CALL_PATIENCE_MS = 30 * 60_000;

/** Opens storage, queue, models and the engine. @throws what storage and configuration throw, with nothing left open. */
export async function openEvaluation(configuration: Configuration, options: EvaluationOptions): Promise<Evaluation> {
  const storage = await openStorage(configuration, POOL);
  const opened: (() => Promise<unknown>)[] = [() => storage.close()];
  const close = async (): Promise<void> => {
    for (const one of opened.toReversed()) await one();
  };
  try {
    const source = await openModelSource(configuration);
    opened.push(() => source.close());
    const providers = providerClient(source, options.now);
    opened.push(() => providers.close());
    const queue = openRunQueue({
      redisUrl: configuration.redisUrl?.reveal(),
      databaseUrl: storage.url,
      onError: (error) => options.onTrouble(`the queue: ${error.message}`),
    });
    opened.push(() => queue.close());
    const { repositories } = storage;
    const catalog = (await repositories.catalogs.active()) ?? shippedCatalog();
    const directory = buildModelDirectory(catalog, configuration, source.emulated);
    const onboarding = openOnboardingPlan({ repositories, configuration, now: options.now });
    opened.push(() => onboarding.release());
    const sequentialEnd = createSequentialEnd({
      runs: repositories.evaluationRuns,
      calibrations: ({ spec, emulated }) => storedMaps(repositories, spec.judge, emulated),
    });
    const runCode = codeRunner();
    const journals = join(configuration.dataDir, 'evaluation-journal');
    await takeUpJournals(journals, {
      isAlive: isRunning,
      keep: ({ claim, record }) => repositories.evaluationCalls.settle(claim, record),
      giveUp: (holder) => repositories.evaluationCalls.abandon(holder),
    });
    const engine = new RunEngine({
      repositories,
      queue,
      providers,
      materialOf: (run) => runMaterial(run, { benchmarks: repositories.benchmarks, directory, now: options.now }),
      check: (reply, checks) => scoreChecks(reply, checks, { runCode }),
      mayEnd: (run) => (run.spec.onboarding ? onboarding.end(run) : sequentialEnd(run)),
      openJournal: (holder) => openReplyJournal(journals, { pid: process.pid, holder, onTrouble: options.onTrouble }),
      now: options.now,
      concurrency: options.concurrency ?? DEFAULT_CONCURRENCY,
      storagePatienceMs: options.storagePatienceMs ?? STORAGE_PATIENCE_MS,
      callPatienceMs: options.callPatienceMs ?? CALL_PATIENCE_MS,
      onTrouble: options.onTrouble,
    });
    opened.push(() => engine.close());
    return { repositories, directory, emulated: source.emulated !== undefined, onboarding, engine, queue, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A process of another user counts: it is there. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Waits for a provider instead of turning to another, so it needs no breaker; the ledger decides what is tried again. */
const providerClient = ({ keyFor }: ModelSource, now: () => number) =>
  createProviderClient({
    keyFor,
    now,
    retries: 0,
    circuitBreakers: false,
    connectionsPerProvider: CONNECTIONS_PER_PROVIDER,
  });
