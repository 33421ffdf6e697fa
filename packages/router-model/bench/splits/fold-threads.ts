import { Worker } from 'node:worker_threads';
import type { BenchOptions } from '../bench.ts';
import type { FoldJob, RunFold } from './fold-job.ts';
import type { FoldResult } from './hold-out.ts';

/** What a thread needs to read the data for itself. */
export type ThreadStart = { folder: string; options: BenchOptions };

export type ThreadReply = { kind: 'held out'; result: FoldResult } | { kind: 'failed'; message: string };

/** Threads that hold out folds, each one fold at a time. */
export type FoldThreads = { run: RunFold; stop(): Promise<void> };

const threadFile = new URL(import.meta.url.endsWith('.ts') ? './fold-thread.ts' : './fold-thread.js', import.meta.url);

/** Starts threads that hold out folds side by side; jobs beyond their number wait their turn. */
export function startFoldThreads(
  count: number,
  start: ThreadStart,
  onProgress: (message: string) => void,
): FoldThreads {
  const threads = Array.from({ length: count }, () => new Worker(threadFile, { workerData: start }));
  const idle = [...threads];
  const waiting: ((thread: Worker) => void)[] = [];
  const freeThread = (): Worker | Promise<Worker> =>
    idle.pop() ?? new Promise<Worker>((resolve) => waiting.push(resolve));
  const release = (thread: Worker): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(thread);
    else next(thread);
  };
  const run: RunFold = async (job) => {
    const thread = await freeThread();
    const startedAt = performance.now();
    try {
      const result = await replyOf(thread, job);
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
      onProgress(`${job.pool}, ${job.split}: ${result.name} in ${seconds} s`);
      return result;
    } finally {
      release(thread);
    }
  };
  return {
    run,
    stop: async () => {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

function replyOf(thread: Worker, job: FoldJob): Promise<FoldResult> {
  return new Promise((resolve, reject) => {
    const onMessage = (reply: ThreadReply): void => {
      thread.off('error', onError);
      if (reply.kind === 'held out') resolve(reply.result);
      else reject(new Error(reply.message));
    };
    const onError = (error: unknown): void => {
      thread.off('message', onMessage);
      reject(error);
    };
    thread.once('message', onMessage);
    thread.once('error', onError);
    thread.postMessage(job);
  });
}
