import { desc, isNotNull } from 'drizzle-orm';
import type { Database } from '../open-database.ts';
import type { AnchorScoring } from './anchors.ts';
import type { StoredCalibration } from './calibrations.ts';
import { anchorScorings, judgeCalibrations } from './judging-tables.ts';

/** A finished scoring of anchors, without its scores. */
export type ScoringVerdict = Omit<AnchorScoring, 'scores'> & { anchorSet: string; emulated: boolean };

/** Scorings of one judge that are shown: a night each. */
const MOST_SCORINGS = 500;

/** Judges as people read about them: what every one was calibrated to and how it drifted. */
export function judgeReadingRepository({ orm, pool }: Database) {
  const { judgeHash, dimension, emulated, judge, body, createdAt, id } = judgeCalibrations;
  return {
    /** The newest of every judge and dimension. */
    async calibrations(): Promise<StoredCalibration[]> {
      const rows = await orm
        .selectDistinctOn([judgeHash, emulated, dimension], { id, judge, emulated, dimension, body, createdAt })
        .from(judgeCalibrations)
        .orderBy(judgeHash, emulated, dimension, desc(id));
      return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
    },
    /** Finished scorings of every judge, newest first. */
    async scorings(): Promise<ScoringVerdict[]> {
      const { anchorSet, verdict, scoredAt, judge: by, emulated: isEmulated, id: place } = anchorScorings;
      const rows = await orm
        .select({ id: place, anchorSet, judge: by, emulated: isEmulated, verdict, scoredAt })
        .from(anchorScorings)
        .where(isNotNull(scoredAt))
        .orderBy(desc(place))
        .limit(MOST_SCORINGS);
      return rows.flatMap(({ scoredAt: at, ...row }) => (at === null ? [] : [{ ...row, scoredAt: at.toISOString() }]));
    },
    /** Another text when any rating or adjudication has changed: what is worked out of them is then stale. */
    async ratingsRevision(): Promise<string> {
      const { rows } = await pool.query<{ revision: string }>(
        `select concat_ws('/', (select concat_ws(' ', count(*), max(rated_at)) from annotation_ratings),
           (select concat_ws(' ', count(*), max(decided_at)) from annotation_adjudications)) as revision`,
      );
      return rows[0]?.revision ?? '';
    },
  };
}
