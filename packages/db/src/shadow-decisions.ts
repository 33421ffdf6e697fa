import { and, desc, eq, sql } from 'drizzle-orm';
import { decisionOfUuid, uuidOfDecision } from './decisions/decision-id.ts';
import type { Database } from './open-database.ts';
import { shadowDecisions } from './schema.ts';

/** What a second artefact would have chosen for a request, beside what the one in use would. Sessions take no part. */
export type ShadowDecision = {
  decisionId: string;
  at: string;
  policy: string;
  routerVersion: string;
  shadowVersion: string;
  /** The choice of the artefact in use, and what it expects of it: overall score under the policy, and cost. */
  modelId: string;
  mean: number;
  spread: number;
  costNanoUsd: number;
  /** What the shadow expects of the same model. */
  shadowMean: number;
  shadowSpread: number;
  /** The shadow's choice; undefined when it would have chosen nothing. */
  shadowModelId: string | undefined;
  /** What the artefact in use expects the shadow's choice to cost. */
  shadowCostNanoUsd: number | undefined;
};

/** About 10 MB. More would not tell more: at 50,000 comparisons an agreement is known to half a point. */
const MOST_ROWS = 50_000;

/** The latest comparisons of a shadow artefact with the one in use. */
export function shadowDecisionsRepository(database: Database) {
  return {
    /** Adds comparisons and deletes the oldest beyond `mostRows`. Those whose decision id is malformed are not stored. */
    async add(comparisons: readonly ShadowDecision[], mostRows = MOST_ROWS): Promise<void> {
      const rows = comparisons.flatMap(({ decisionId, at, ...comparison }) => {
        const uuid = uuidOfDecision(decisionId);
        return uuid === undefined ? [] : [{ ...comparison, decisionId: uuid, at: new Date(at) }];
      });
      if (rows.length === 0) return;
      await database.orm.insert(shadowDecisions).values(rows);
      const newest = database.orm.select({ id: sql`max(${shadowDecisions.id})` }).from(shadowDecisions);
      await database.orm.delete(shadowDecisions).where(sql`${shadowDecisions.id} <= (${newest}) - ${mostRows}::bigint`);
    },
    /** The comparisons of two artefacts, newest first. */
    async list(versions: Pick<ShadowDecision, 'routerVersion' | 'shadowVersion'>): Promise<ShadowDecision[]> {
      const rows = await database.orm
        .select()
        .from(shadowDecisions)
        .where(
          and(
            eq(shadowDecisions.shadowVersion, versions.shadowVersion),
            eq(shadowDecisions.routerVersion, versions.routerVersion),
          ),
        )
        .orderBy(desc(shadowDecisions.id));
      return rows.map(({ id: _id, ...row }) => ({
        ...row,
        decisionId: decisionOfUuid(row.decisionId),
        at: row.at.toISOString(),
        shadowModelId: row.shadowModelId ?? undefined,
        shadowCostNanoUsd: row.shadowCostNanoUsd ?? undefined,
      }));
    },
  };
}
