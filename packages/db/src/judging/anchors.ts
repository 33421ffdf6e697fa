import { GatewayError, type JudgeIdentity } from '@pointsman/contracts';
import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Database } from '../open-database.ts';
import type { ReplyKey } from './annotations.ts';
import { anchorScorings, anchorSets } from './judging-tables.ts';

export type AnchorSet = { name: string; items: ReplyKey[]; pinnedAt: string };

/** Scores and verdict as they were stored, unvalidated. */
export type AnchorScoring = { id: number; judge: JudgeIdentity; scores: unknown; verdict: unknown; scoredAt: string };

export type ScoredBy = { anchorSet: string; judge: JudgeIdentity; emulated: boolean };

/** How long a scoring that broke off is gone on with: later, the judge may be another one than when it began. */
const RESUMED_WITHIN = sql`interval '12 hours'`;

/** Pinned replies by which judges are watched, and how judges scored them. A set never changes (trigger). */
export function anchorsRepository({ orm }: Database) {
  return {
    /** @throws GatewayError `conflict` when there is one of this name. */
    async pin(name: string, items: readonly ReplyKey[]): Promise<void> {
      const keys = items.map(({ caseHash, replyHash }) => ({ caseHash, replyHash }));
      const pinned = await orm.insert(anchorSets).values({ name, items: keys }).onConflictDoNothing().returning();
      if (pinned.length > 0) return;
      const message = `there is an anchor set '${name}' already, and a set never changes: take another name`;
      throw new GatewayError('conflict', message);
    },
    async get(name: string): Promise<AnchorSet | undefined> {
      const [row] = await orm.select().from(anchorSets).where(eq(anchorSets.name, name));
      return row && { ...row, pinnedAt: row.pinnedAt.toISOString() };
    },
    async list(): Promise<AnchorSet[]> {
      const rows = await orm.select().from(anchorSets).orderBy(anchorSets.name);
      return rows.map((row) => ({ ...row, pinnedAt: row.pinnedAt.toISOString() }));
    },
    /** Begins a scoring, or goes on with one that broke off lately, and resolves to its id. */
    begin: (by: ScoredBy): Promise<number> => beginScoring(orm, by),
    async finish(scoring: number, { scores, verdict }: { scores: unknown; verdict: unknown }): Promise<void> {
      const scoredAt = sql`clock_timestamp()`;
      await orm.update(anchorScorings).set({ scores, verdict, scoredAt }).where(eq(id, scoring));
    },
    /** The finished scorings by exactly this judge, oldest first. */
    async scorings(by: ScoredBy): Promise<AnchorScoring[]> {
      const rows = await orm
        .select({ id, judge, scores, verdict, scoredAt, startedAt })
        .from(anchorScorings)
        .where(and(isBy(by), isNotNull(scoredAt)))
        .orderBy(id);
      return rows.map(({ startedAt: begun, scoredAt: at, ...row }) => ({
        ...row,
        scoredAt: (at ?? begun).toISOString(),
      }));
    },
    /** Judges of this model that finished a scoring of the set, under any prompt, rubric or sampling. */
    async judgesOf(name: string, model: string, isEmulated: boolean): Promise<JudgeIdentity[]> {
      const isModel = eq(sql`${judge}->>'model'`, model);
      const isWanted = and(eq(anchorSet, name), isModel, eq(emulated, isEmulated), isNotNull(scoredAt));
      const rows = await orm.selectDistinctOn([judgeHash], { judge }).from(anchorScorings).where(isWanted);
      return rows.map((row) => row.judge);
    },
  };
}

const { id, anchorSet, judge, judgeHash, emulated, scores, verdict, startedAt, scoredAt } = anchorScorings;

const isBy = (by: ScoredBy) =>
  and(eq(anchorSet, by.anchorSet), eq(judgeHash, by.judge.hash), eq(emulated, by.emulated));

async function beginScoring(orm: Database['orm'], by: ScoredBy): Promise<number> {
  const isLate = sql`${startedAt} > clock_timestamp() - ${RESUMED_WITHIN}`;
  const [open] = await orm
    .select({ id })
    .from(anchorScorings)
    .where(and(isBy(by), isNull(scoredAt), isLate))
    .orderBy(desc(id))
    .limit(1);
  if (open !== undefined) return open.id;
  const [begun] = await orm
    .insert(anchorScorings)
    .values({ ...by, judgeHash: by.judge.hash })
    .returning({ id });
  if (begun === undefined) throw new Error('the scoring was not stored');
  return begun.id;
}
