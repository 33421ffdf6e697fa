import { type ScoreMap, sequentialState } from '@pointsman/benchmark';
import type { Dimension } from '@pointsman/contracts';
import type { Repositories, StoredRun } from '@pointsman/db';
import { baselineItems } from './baseline-items.ts';

/** Looks after each so many finished items: often enough to save, seldom enough to cost nothing. */
const LOOK_EVERY = 10;

export type SequentialSources = {
  runs: Repositories['evaluationRuns'];
  calibrations(run: StoredRun): Promise<Partial<Record<Dimension, ScoreMap>>>;
};

/**
 * Says why a sequential run may end, after an item of it was finished: undefined while it may not. The items count in the
 * order in which they were taken, up to the first that is still open, so that slow ones do not choose the sample.
 */
export function createSequentialEnd({ runs, calibrations }: SequentialSources) {
  const finished = new Map<string, number>();
  return async (run: StoredRun): Promise<string | undefined> => {
    const count = (finished.get(run.id) ?? 0) + 1;
    finished.set(run.id, count);
    if (count % LOOK_EVERY !== 0) return undefined;
    const { minEffect, alpha } = run.spec.comparison;
    const last = run.spec.contestants.length - 1;
    const [candidate, baseline, open] = await Promise.all([
      runs.items(run.id, last),
      baselineItems(run, last, runs),
      runs.openItems(run.id),
    ]);
    const stillOpen = new Set(open.map(({ caseId }) => caseId));
    const gap = candidate.findIndex(({ caseId }) => stillOpen.has(caseId));
    const state = sequentialState({
      cases: [],
      candidate: gap < 0 ? candidate : candidate.slice(0, gap),
      baseline: baseline?.items,
      calibrations: await calibrations(run),
      minEffect,
      alpha,
      seed: run.id,
    });
    if (state.verdict === 'inconclusive' || 'tooFew' in state.difference) return undefined;
    return `${state.verdict} on the overall score after ${state.difference.n} cases`;
  };
}
