import { createPostgresBackend, FlowProducer, type Job, Worker, withBackend } from 'bullmq';
import { Redis } from 'ioredis';

export type ItemJob = { runId: string; generation: number; contestant: number; caseId: string };
export type RunJob = { runId: string; generation: number };

export type RunHandlers = {
  /** One case for one contestant. Rejecting means a fault of ours: the job is tried again. */
  item(job: ItemJob): Promise<void>;
  /** After every item of a run's generation. */
  finish(job: RunJob): Promise<void>;
};

export type RunQueue = {
  kind: 'redis' | 'postgres';
  /** Puts a generation of a run on the queue: its items in order, and what comes after them. */
  enqueue(run: RunJob, items: readonly Omit<ItemJob, 'runId' | 'generation'>[]): Promise<void>;
  /** Begins to take jobs; the function returned stops, waiting for those under way. */
  work(handlers: RunHandlers, concurrency: number): () => Promise<void>;
  close(): Promise<void>;
};

export type QueueOptions = {
  /** Redis holds the queue where there is one. */
  redisUrl: string | undefined;
  databaseUrl: string;
  /** Told of connections lost; they are made anew. */
  onError(error: Error): void;
};

const ITEMS = 'pointsman-evaluation-items';
const RUNS = 'pointsman-evaluation-runs';
/** Of BullMQ's own tables in PostgreSQL, apart from ours. */
const SCHEMA = 'pointsman_queue';
/** An item takes its calls' time; a worker that is alive renews this lock every half of it. */
const LOCK_MS = 30_000;
/** A fault of ours is tried again so often before the item stays open. */
const ATTEMPTS = 3;

/** The queue of evaluation jobs: BullMQ on Redis, else on PostgreSQL; the truth of what is done is in the ledger. */
export function openRunQueue(options: QueueOptions): RunQueue {
  return options.redisUrl === undefined ? onPostgres(options) : onRedis(options.redisUrl, options.onError);
}

function onPostgres({ databaseUrl, onError }: QueueOptions): RunQueue {
  const { FlowProducer: Flows, Worker: Workers } = withBackend(createPostgresBackend);
  const connection = { connectionString: databaseUrl, schema: SCHEMA, migrate: true, max: 8 };
  const flows = new Flows({ connection });
  flows.on('error', onError);
  return assemble({
    kind: 'postgres',
    flows,
    onError,
    worker: (name, process, concurrency) => new Workers(name, process, { ...workerOptions(concurrency), connection }),
    close: async () => {
      await flows.close();
    },
  });
}

function onRedis(url: string, onError: (error: Error) => void): RunQueue {
  // Blocking reads of a worker must not give up: BullMQ asks for this.
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  connection.on('error', onError);
  const flows = new FlowProducer({ connection });
  flows.on('error', onError);
  return assemble({
    kind: 'redis',
    flows,
    onError,
    worker: (name, process, concurrency) => new Worker(name, process, { ...workerOptions(concurrency), connection }),
    close: async () => {
      await flows.close();
      connection.disconnect();
    },
  });
}

const workerOptions = (concurrency: number) => ({ concurrency, lockDuration: LOCK_MS, drainDelay: 1 });

type Flow = Parameters<FlowProducer['addBulk']>[0][number];
type AnyWorker = {
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
};
type Parts = {
  kind: RunQueue['kind'];
  flows: { addBulk(flows: Flow[]): Promise<unknown> };
  onError(error: Error): void;
  worker(name: string, process: (job: Job) => Promise<void>, concurrency: number): AnyWorker;
  close(): Promise<void>;
};

function assemble({ kind, flows, worker, onError, close }: Parts): RunQueue {
  return {
    kind,
    async enqueue(run, items) {
      await flows.addBulk([flowOf(run, items)]);
    },
    work(handlers, concurrency) {
      const workers = [
        worker(ITEMS, (job) => handlers.item(job.data), concurrency),
        worker(RUNS, (job) => handlers.finish(job.data), 1),
      ];
      for (const one of workers) one.on('error', onError);
      return async () => {
        await Promise.all(workers.map((one) => one.close()));
      };
    },
    close,
  };
}

function flowOf(run: RunJob, items: readonly Omit<ItemJob, 'runId' | 'generation'>[]): Flow {
  const id = `${run.runId}.${run.generation}`;
  return {
    name: 'finish',
    queueName: RUNS,
    data: run,
    opts: { jobId: id, removeOnComplete: true, removeOnFail: true, attempts: ATTEMPTS },
    children: items.map((item) => ({
      name: 'item',
      queueName: ITEMS,
      data: { ...run, ...item },
      opts: {
        jobId: `${id}.${item.contestant}.${item.caseId}`,
        removeOnComplete: true,
        removeOnFail: true,
        attempts: ATTEMPTS,
        // An item that stays open is told by the run's end; it must not keep the run from ending.
        ignoreDependencyOnFailure: true,
      },
    })),
  };
}
