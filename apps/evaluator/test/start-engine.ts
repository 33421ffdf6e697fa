import { buildModelDirectory, type ModelDirectory, readConfiguration } from '@pointsman/administration';
import type { BenchmarkCase, RunSpec } from '@pointsman/contracts';
import { type Database, openDatabase, type Repositories, repositories, type StoredRun } from '@pointsman/db';
import { shippedCatalog } from '@pointsman/model-catalog';
import { type Emulator, type EmulatorOptions, startEmulator } from '@pointsman/provider-emulator';
import { createProviderClient } from '@pointsman/providers';
import { openJudge } from '../src/judging/open-judge.ts';
import { callableModel } from '../src/runs/callable-models.ts';
import type { CheckReply } from '../src/runs/evaluate-item.ts';
import { followRun, type RunState } from '../src/runs/follow-run.ts';
import { planRun } from '../src/runs/plan-run.ts';
import { openRunQueue } from '../src/runs/queue/run-queue.ts';
import { RunEngine } from '../src/runs/run-engine.ts';

export const CONTESTANT = 'openai/gpt-4o-mini';
export const JUDGE = 'openai/gpt-4.1';

/** Small cases without checks, each of its own words. */
export function smallCases(count: number): BenchmarkCase[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `case-${index}`,
    messages: [{ role: 'user', content: `Question ${index}: what is ${index} plus 1?` }],
    reference: `${index + 1}`,
    domain: 'education',
    task: 'answer',
    language: 'en',
    difficulty: 'easy',
    checks: [],
    provenance: { kind: 'written', author: 'test' },
    licence: 'Apache-2.0',
  }));
}

/** A judge's verdict that gives every dimension asked for the letter. */
export function verdictOf(schema: Readonly<Record<string, unknown>>, choice = 'B'): string {
  const dimensions = Object.keys(Object(schema.properties));
  return JSON.stringify(Object.fromEntries(dimensions.map((one) => [one, { explanation: 'because', choice }])));
}

/** Contestants say the right number; the judge says B. */
export const sensible: NonNullable<EmulatorOptions['respond']> = ({ prompt, schema }) =>
  schema === undefined ? `${Number(/what is (\d+)/.exec(prompt)?.[1] ?? 0) + 1}` : verdictOf(schema);

export type EngineOptions = {
  databaseUrl: string;
  cases: readonly BenchmarkCase[];
  emulator?: EmulatorOptions | undefined;
  check?: CheckReply | undefined;
  concurrency?: number | undefined;
  callPatienceMs?: number | undefined;
  storagePatienceMs?: number | undefined;
};

export type StartedEngine = {
  emulator: Emulator;
  database: Database;
  repositories: Repositories;
  directory: ModelDirectory;
  troubles: string[];
  engine: RunEngine;
  /** Stores a run over all cases. */
  create(spec?: Partial<Pick<RunSpec, 'maxCostNanoUsd' | 'replicate'>>): Promise<StoredRun>;
  /** Puts a run on the queue, works on it and waits for its end. */
  complete(run: StoredRun): Promise<RunState>;
  begin(run: StoredRun): Promise<void>;
  end(run: StoredRun): Promise<RunState>;
  /** Requests of contestants, and of the judge, that the emulator saw. */
  asked(): { contestant: number; judge: number };
  close(): Promise<void>;
};

/** The real engine on a real database and queue; the emulator answers for the providers. */
export async function startEngine(options: EngineOptions): Promise<StartedEngine> {
  const { databaseUrl, cases } = options;
  const emulator = await startEmulator({ respond: sensible, keepRequests: 100_000, ...options.emulator });
  const database = openDatabase({ url: databaseUrl });
  const stored = repositories(database);
  const loaded = await readConfiguration({ env: { POINTSMAN_EMULATOR: 'on' }, directory: '/', path: undefined });
  if (!loaded.ok) throw new Error('the default configuration is sound');
  const directory = buildModelDirectory(shippedCatalog(), loaded.configuration, emulator);
  const [contestant, judge] = [
    callableModel(directory, CONTESTANT),
    await openJudge(callableModel(directory, JUDGE), { samples: 2 }),
  ];
  const troubles: string[] = [];
  const onTrouble = (message: string) => void troubles.push(message);
  const patience = { storageMs: options.storagePatienceMs ?? 60_000, onTrouble };
  const queue = openRunQueue({ redisUrl: undefined, databaseUrl, onError: (error) => onTrouble(error.message) });
  const providers = createProviderClient({ keyFor: () => 'key', now: Date.now, retries: 0, circuitBreakers: false });
  const engine = new RunEngine({
    repositories: stored,
    queue,
    providers,
    materialOf: async () => ({
      contestants: [contestant],
      judge,
      cases: new Map(cases.map((one) => [one.id, { case: one, hash: `hash of ${one.id}` }])),
    }),
    check: options.check ?? (async () => ({})),
    now: Date.now,
    concurrency: options.concurrency ?? 16,
    storagePatienceMs: patience.storageMs,
    callPatienceMs: options.callPatienceMs ?? 60_000,
    onTrouble,
  });
  const create: StartedEngine['create'] = (spec = {}) =>
    stored.evaluationRuns.create(
      planRun({
        ...spec,
        version: {
          name: 'small',
          version: 1,
          hash: 'a'.repeat(64),
          cases: cases.map(({ id }) => ({ id, hash: `hash of ${id}` })),
          changes: [],
          publishedBy: 'test',
          publishedAt: '2026-11-21T00:00:00.000Z',
        },
        cases,
        contestants: [{ model: CONTESTANT }],
        judge: judge.identity,
        emulated: true,
        comparison: { minEffect: 0.02, alpha: 0.05 },
        maxOutputTokens: 64,
      }),
    );
  const begin = async (run: StoredRun): Promise<void> => {
    const started = await engine.enqueue(run.id);
    if (started === undefined) throw new Error(`run ${run.id} cannot start`);
    await engine.join(started);
  };
  const end = (run: StoredRun) => followRun(stored.evaluationRuns, run.id, { patience, onProgress: () => undefined });
  return {
    emulator,
    database,
    repositories: stored,
    directory,
    troubles,
    engine,
    create,
    begin,
    end,
    async complete(run) {
      await begin(run);
      return end(run);
    },
    asked: () => ({
      contestant: emulator.requests.filter(({ model }) => CONTESTANT.endsWith(`/${model}`)).length,
      judge: emulator.requests.filter(({ model }) => JUDGE.endsWith(`/${model}`)).length,
    }),
    async close() {
      await engine.close();
      await queue.close();
      await providers.close();
      await database.close();
      await emulator.close();
    },
  };
}
