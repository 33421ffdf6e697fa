import type { Dimension, JudgeIdentity } from '@pointsman/contracts';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from '../open-database.ts';
import { judgeCalibrations } from './judging-tables.ts';

export type NewCalibration = {
  judge: JudgeIdentity;
  /** Whether the emulator played the judge. */
  emulated: boolean;
  dimension: Dimension;
  /** The judge package owns its schema. */
  body: unknown;
};

/** The body is as it was stored, unvalidated. */
export type StoredCalibration = NewCalibration & { id: number; createdAt: string };

/** Fitted calibrations: the newest of a judge and dimension counts, the others stay as history. */
export function calibrationsRepository({ orm }: Database) {
  const { judgeHash, dimension, emulated, judge, body, createdAt, id } = judgeCalibrations;
  const newest = async (isWanted: ReturnType<typeof eq>, ofEmulated: boolean): Promise<StoredCalibration[]> => {
    const rows = await orm
      .selectDistinctOn([dimension], { id, judge, emulated, dimension, body, createdAt })
      .from(judgeCalibrations)
      .where(and(isWanted, eq(emulated, ofEmulated)))
      .orderBy(dimension, desc(id));
    return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
  };
  return {
    async save({ judge: by, ...calibration }: NewCalibration): Promise<void> {
      await orm.insert(judgeCalibrations).values({ ...calibration, judge: by, judgeHash: by.hash });
    },
    /** The newest for each dimension of exactly this judge. */
    ofJudge: (hash: string, ofEmulated: boolean) => newest(eq(judgeHash, hash), ofEmulated),
    /** The newest for each dimension of this model under any prompt, rubric or sampling. */
    ofModel: (model: string, ofEmulated: boolean) => newest(eq(sql`${judge}->>'model'`, model), ofEmulated),
  };
}
