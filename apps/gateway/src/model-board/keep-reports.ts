import type { FinishedRun, Repositories } from '@pointsman/db';
import { LRUCache } from 'lru-cache';
import { type ModelReport, modelReportsSchema } from './benchmark-scorecard.ts';

/** Reports are made anew when people have rated more replies: that is seen within this time. */
const FRESH_MS = 60_000;
const MOST_RUNS = 200;

export type Reports = {
  /** Reports of these runs, in their order; none of a run whose report is of another shape. */
  of(runs: readonly Pick<FinishedRun, 'id'>[]): Promise<ModelReport[]>;
};

/** Keeps what was read of reports: each is hundreds of kilobytes where it is stored. */
export function keepReports(modelScores: Pick<Repositories['modelScores'], 'reports'>): Reports {
  const kept = new LRUCache<string, ModelReport[]>({ max: MOST_RUNS, ttl: FRESH_MS });
  return {
    async of(runs) {
      const known = new Map(runs.map(({ id }) => [id, kept.get(id)]));
      const missing = runs.filter(({ id }) => known.get(id) === undefined).map(({ id }) => id);
      const stored = missing.length === 0 ? new Map<string, unknown[]>() : await modelScores.reports(missing);
      for (const id of missing) {
        const read = modelReportsSchema.safeParse(stored.get(id));
        const reports = read.success ? read.data : [];
        kept.set(id, reports);
        known.set(id, reports);
      }
      return runs.flatMap(({ id }) => known.get(id) ?? []);
    },
  };
}
