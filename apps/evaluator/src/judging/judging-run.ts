import { createHash } from 'node:crypto';
import type { JudgeIdentity } from '@pointsman/contracts';
import type { StoredRun } from '@pointsman/db';
import { RunStopped } from '../runs/calls/call-errors.ts';
import type { ModelCall } from '../runs/calls/call-key.ts';
import type { LedgeredReply } from '../runs/calls/ledgered-calls.ts';
import { DEFAULT_MAX_OUTPUT_TOKENS } from '../runs/contestant-request.ts';
import type { RunState } from '../runs/follow-run.ts';
import type { Evaluation } from '../runs/open-evaluation.ts';

/** Where other runs name their benchmark; a space, which no benchmark's name has. */
const REPLIES = 'annotated replies';

/** Whether a run is the judging of annotated replies: it has no items on the queue, and whoever began it does the work. */
export const isJudgingRun = ({ spec }: Pick<StoredRun, 'spec'>): boolean => spec.benchmark.name === REPLIES;

export type JudgingJob = {
  judge: JudgeIdentity;
  /** The command, for those who look at the list of runs. */
  what: string;
  /** Replies to judge. */
  total: number;
  maxCostNanoUsd?: number | undefined;
  onProgress(state: RunState): void;
};

/** What the work of a judging run is given. */
export type JudgingTools = {
  emulated: boolean;
  call(call: ModelCall): Promise<LedgeredReply>;
  /** To be told of each reply that is done. */
  onReply(): void;
};

const PROGRESS_MS = 500;

/**
 * Does paid work that is no evaluation as a run of its own, so that its calls stand in the ledger and its cost has a
 * ceiling. Whatever stops it, what was paid is not paid again.
 * @throws what the work throws, after the run was ended.
 */
export async function judgingRun<Result>(
  { repositories, engine, emulated }: Evaluation,
  job: JudgingJob,
  work: (tools: JudgingTools) => Promise<Result>,
): Promise<Result> {
  const { evaluationRuns: runs } = repositories;
  const created = await runs.create({ spec: specOf(job), emulated, items: [] });
  const run = (await runs.start(created.id)) ?? created;
  const over = new AbortController();
  let done = 0;
  const show = async (): Promise<void> => {
    const stored = await runs.get(run.id);
    if (stored !== undefined) job.onProgress({ run: stored, total: job.total, done });
    if (stored?.status !== 'running') over.abort(new RunStopped('ended', `the run is ${stored?.status ?? 'gone'}`));
  };
  // What the database says when it is away, the calls say too, and wait for it.
  const watch = setInterval(() => void show().catch(() => undefined), PROGRESS_MS);
  try {
    const result = await work({
      emulated,
      call: (call) =>
        engine.call(call, { id: run.id, signal: over.signal }).catch((error: unknown) => {
          // The others would find out one by one, each after its own wait.
          if (error instanceof RunStopped) over.abort(error);
          throw error;
        }),
      onReply: () => {
        done += 1;
      },
    });
    await show();
    await runs.end(run.id, 'finished');
    return result;
  } catch (thrown) {
    // What stopped the run says more than the calls that were cut off by it.
    const error: unknown = over.signal.aborted ? over.signal.reason : thrown;
    over.abort(error);
    await runs.end(run.id, 'stopped', error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    clearInterval(watch);
  }
}

const specOf = ({ judge, what, maxCostNanoUsd }: JudgingJob): StoredRun['spec'] => ({
  benchmark: { name: REPLIES, version: 1, hash: createHash('sha256').update(REPLIES).digest('hex') },
  contestants: [{ model: judge.model }],
  judge,
  maxCostNanoUsd,
  maxOutputTokens: DEFAULT_MAX_OUTPUT_TOKENS,
  replicate: 0,
  sequential: false,
  onboarding: false,
  comparison: { minEffect: 0.02, alpha: 0.05 },
  labels: { command: what },
});
