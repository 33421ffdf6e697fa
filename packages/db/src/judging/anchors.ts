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
  const ofJudge = ({ anchorSet, judge, emulated }: ScoredBy) =>
    and(
      eq(anchorScorings.anchorSet, anchorSet),
      eq(anchorScorings.judgeHash, judge.hash),
      eq(anchorScorings.emulated, emulated),
    );
  return {
    /** @throws GatewayError `conflict` when there is one of this name. */
    async pin(name: string, items: readonly ReplyKey[]): Promise<void> {
      const keys = items.map(({ caseHash, replyHash }) => ({ caseHash, replyHash }));
      const pinned = await orm.insert(anchorSets).values({ name, items: keys }).onConflictDoNothing().returning();
      if (pinned.length === 0)
        throw new GatewayError(
          'conflict',
          `there is an anchor set '${name}' already, and a set never changes: take another name`,
        );
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
    async begin(by: ScoredBy): Promise<number> {
      const { anchorSet, judge, emulated } = by;
      const isLate = sql`${anchorScorings.startedAt} > clock_timestamp() - ${RESUMED_WITHIN}`;
      const [open] = await orm
        .select({ id: anchorScorings.id })
        .from(anchorScorings)
        .where(and(ofJudge(by), isNull(anchorScorings.scoredAt), isLate))
        .orderBy(desc(anchorScorings.id))
        .limit(1);
      if (open !== undefined) return open.id;
      const [begun] = await orm
        .insert(anchorScorings)
        .values({ anchorSet, judge, judgeHash: judge.hash, emulated })
        .returning({ id: anchorScorings.id });
      if (begun === undefined) throw new Error('the scoring was not stored');
      return begun.id;
    },
    async finish(id: number, { scores, verdict }: { scores: unknown; verdict: unknown }): Promise<void> {
      await orm
        .update(anchorScorings)
        .set({ scores, verdict, scoredAt: sql`clock_timestamp()` })
        .where(eq(anchorScorings.id, id));
    },
    /** The finished scorings by exactly this judge, oldest first. */
    async scorings(by: ScoredBy): Promise<AnchorScoring[]> {
      const rows = await orm
        .select()
        .from(anchorScorings)
        .where(and(ofJudge(by), isNotNull(anchorScorings.scoredAt)))
        .orderBy(anchorScorings.id);
      return rows.map(({ id, judge, scores, verdict, scoredAt, startedAt }) => ({
        id,
        judge,
        scores,
        verdict,
        scoredAt: (scoredAt ?? startedAt).toISOString(),
      }));
    },
    /** Judges of this model that finished a scoring of the set, under any prompt, rubric or sampling. */
    async judgesOf(anchorSet: string, model: string, emulated: boolean): Promise<JudgeIdentity[]> {
      const rows = await orm
        .selectDistinctOn([anchorScorings.judgeHash], { judge: anchorScorings.judge })
        .from(anchorScorings)
        .where(
          and(
            eq(anchorScorings.anchorSet, anchorSet),
            eq(sql`${anchorScorings.judge}->>'model'`, model),
            eq(anchorScorings.emulated, emulated),
            isNotNull(anchorScorings.scoredAt),
          ),
        );
      return rows.map(({ judge }) => judge);
    },
  };
}
