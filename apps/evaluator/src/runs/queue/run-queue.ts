import { createPostgresBackend, FlowProducer, type Job, Queue, Worker, withBackend } from 'bullmq';
import { Redis } from 'ioredis';

/** One case for one contestant, of one generation of a run. */
export type ItemJob = { runId: string; generation: number; contestant: number; caseId: string };
export type RunJob = { runId: string; generation: number };

export type RunHandlers = {
  /** Rejecting means a fault of ours: the job is tried again. */
  item(job: ItemJob): Promise<void>;
  /** After every item of the generation. */
  finish(job: RunJob): Promise<void>;
};

export type RunQueue = {
  kind: 'redis' | 'postgres';
  /** Puts a generation of a run on its queue: items in order, and what comes after them. */
  enqueue(run: RunJob, items: readonly Omit<ItemJob, 'runId' | 'generation'>[]): Promise<void>;
  /** Begins to take the generation's jobs; the function returned stops, waiting for those under way. */
  work(run: RunJob, handlers: RunHandlers, concurrency: number): () => Promise<void>;
  /** Removes the queue of a generation and all that lies on it. */
  drop(run: RunJob): Promise<void>;
  close(): Promise<void>;
};

export type QueueOptions = {
  /** Redis holds the queue where there is one. */
  redisUrl: string | undefined;
  databaseUrl: string;
  /** Told of connections lost; they are made anew. */
  onError(error: Error): void;
};

/**
 * Each generation of a run has a queue of its own: a worker takes the work of the runs it was asked to, two runs do not
 * wait for each other, and who still works on an older generation takes nothing of the new one.
 */
const nameOf = ({ runId, generation }: RunJob) => `pointsman-${runId}-${generation}`;
/** Of BullMQ's own tables in PostgreSQL, apart from ours. */
const SCHEMA = 'pointsman_queue';
/** Renewed by a living worker every half of it; the jobs of a dead one come back after it. */
const LOCK_MS = 30_000;
/** A fault of ours is tried again so often before the item stays open. */
const ATTEMPTS = 3;

/** The queue of evaluation jobs: BullMQ on Redis, else on PostgreSQL. What is done stands in the ledger, not here. */
export function openRunQueue(options: QueueOptions): RunQueue {
  return options.redisUrl === undefined ? onPostgres(options) : onRedis(options.redisUrl, options.onError);
}

function onPostgres({ databaseUrl, onError }: QueueOptions): RunQueue {
  const bull = withBackend(createPostgresBackend);
  const connection = { connectionString: databaseUrl, schema: SCHEMA, migrate: true, max: 8 };
  return assemble({
    kind: 'postgres',
    onError,
    flows: new bull.FlowProducer({ connection }),
    queue: (name) => new bull.Queue(name, { connection }),
    worker: (name, take, concurrency) => new bull.Worker(name, take, { ...workerOptions(concurrency), connection }),
    disconnect: () => undefined,
  });
}

function onRedis(url: string, onError: (error: Error) => void): RunQueue {
  // Blocking reads of a worker must not give up: BullMQ asks for this.
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  connection.on('error', onError);
  return assemble({
    kind: 'redis',
    onError,
    flows: new FlowProducer({ connection }),
    queue: (name) => new Queue(name, { connection }),
    worker: (name, take, concurrency) => new Worker(name, take, { ...workerOptions(concurrency), connection }),
    disconnect: () => connection.disconnect(),
  });
}

const workerOptions = (concurrency: number) => ({ concurrency, lockDuration: LOCK_MS });

type Flow = Parameters<FlowProducer['add']>[0];
/** What both backends' classes share. */
type Part = { on(event: 'error', listener: (error: Error) => void): unknown; close(): Promise<void> };
type Parts = {
  kind: RunQueue['kind'];
  flows: Part & { add(flow: Flow): Promise<unknown> };
  queue(name: string): Part & { obliterate(options: { force: boolean }): Promise<void> };
  worker(name: string, take: (job: Job) => Promise<void>, concurrency: number): Part;
  onError(error: Error): void;
  disconnect(): void;
};

function assemble({ kind, flows, queue, worker, onError, disconnect }: Parts): RunQueue {
  flows.on('error', onError);
  const drop = async (run: RunJob): Promise<void> => {
    const opened = queue(nameOf(run));
    opened.on('error', onError);
    await opened.obliterate({ force: true });
    await opened.close();
  };
  return {
    kind,
    drop,
    async enqueue(run, items) {
      await flows.add(flowOf(run, items));
    },
    work(run, handlers, concurrency) {
      const take = (job: Job) => (job.name === 'finish' ? handlers.finish(job.data) : handlers.item(job.data));
      const working = worker(nameOf(run), take, concurrency);
      working.on('error', onError);
      return () => working.close();
    },
    async close() {
      await flows.close();
      disconnect();
    },
  };
}

function flowOf(run: RunJob, items: readonly Omit<ItemJob, 'runId' | 'generation'>[]): Flow {
  const queueName = nameOf(run);
  const kept = { removeOnComplete: true, removeOnFail: true, attempts: ATTEMPTS };
  return {
    name: 'finish',
    queueName,
    data: run,
    opts: { ...kept, jobId: 'end' },
    children: items.map((item) => ({
      name: 'item',
      queueName,
      data: { ...run, ...item },
      // An item that stays open is told at the run's end; it must not keep the run from ending.
      opts: { ...kept, jobId: `${item.contestant}.${item.caseId}`, ignoreDependencyOnFailure: true },
    })),
  };
}
