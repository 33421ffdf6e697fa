import { parentPort, workerData } from 'node:worker_threads';
import { openBench } from '../bench.ts';
import { readPoolDefinitions, sourceReader } from '../data/read-pools.ts';
import { type FoldJob, foldRunner } from './fold-job.ts';
import type { ThreadReply, ThreadStart } from './fold-threads.ts';

const { folder, options } = workerData as ThreadStart;
const run = foldRunner(openBench(await readPoolDefinitions(folder), sourceReader(folder), options));

async function replyTo(job: FoldJob): Promise<ThreadReply> {
  try {
    return { kind: 'held out', result: await run(job) };
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', async (job: FoldJob) => parentPort?.postMessage(await replyTo(job)));
