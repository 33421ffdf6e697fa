import { setTimeout as sleep } from 'node:timers/promises';
import type { Repositories, StoredRun } from '@pointsman/db';
import { type Patience, patiently } from './calls/patiently.ts';

export type RunState = { run: StoredRun; total: number; done: number };

const POLL_MS = 500;

/** Looks at a run until it is over, telling how far it is; resolves to its last state. Whoever works on it. */
export async function followRun(
  runs: Repositories['evaluationRuns'],
  runId: string,
  { patience, onProgress }: { patience: Patience; onProgress(state: RunState): void },
): Promise<RunState> {
  for (;;) {
    const [run, progress] = await patiently(() => Promise.all([runs.get(runId), runs.progress(runId)]), patience);
    if (run === undefined) throw new Error(`the run ${runId} was deleted while it ran`);
    const state = { run, ...progress };
    onProgress(state);
    if (run.status !== 'running' && run.status !== 'queued') return state;
    await sleep(POLL_MS);
  }
}
