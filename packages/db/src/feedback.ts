import { type Feedback, feedbackSchema, GatewayError } from '@pointsman/contracts';
import { and, asc, desc, eq, gte, isNotNull, or } from 'drizzle-orm';
import { decisionOfUuid, uuidOfDecision } from './decisions/decision-id.ts';
import type { Database } from './open-database.ts';
import { feedback as feedbackTable } from './schema.ts';

export type StoredFeedback = Feedback & { clientId: string; at: string };

/** What callers said about replies. */
export function feedbackRepository(database: Database) {
  return {
    /**
     * Adds one piece of feedback. The decision may not be written yet, so that it exists and belongs to the client is
     * for the caller to check, and reading is always by decision.
     * @throws GatewayError `invalid_request` when the decision id is malformed.
     */
    async add(feedback: Feedback, clientId: string): Promise<void> {
      const { decision_id, thumb, score, correction, comment } = feedbackSchema.parse(feedback);
      const decisionId = uuidOfDecision(decision_id);
      if (decisionId === undefined) {
        throw new GatewayError('invalid_request', `decision_id '${decision_id}' is not dec_ and 32 hex digits`, {
          param: 'decision_id',
        });
      }
      // PostgreSQL's text cannot hold NUL.
      const storable = (text: string | undefined) => text?.replaceAll('\u0000', '\ufffd');
      await database.orm.insert(feedbackTable).values({
        decisionId,
        clientId,
        thumb,
        score,
        correction: storable(correction),
        comment: storable(comment),
      });
    },
    /** What scores replies, by number or by thumb, given since then: at most `most` pieces, the newest. Newest first. */
    async listScored(since: Date, most: number): Promise<{ decisionId: string; clientId: string; score: number }[]> {
      const rows = await database.orm
        .select()
        .from(feedbackTable)
        .where(and(gte(feedbackTable.at, since), or(isNotNull(feedbackTable.score), isNotNull(feedbackTable.thumb))))
        .orderBy(desc(feedbackTable.id))
        .limit(most);
      return rows.map(({ decisionId, clientId, score, thumb }) => ({
        decisionId: decisionOfUuid(decisionId),
        clientId,
        score: score ?? (thumb === 'up' ? 1 : 0),
      }));
    },
    /** The feedback on one decision, oldest first. */
    async listFor(decisionId: string): Promise<StoredFeedback[]> {
      const uuid = uuidOfDecision(decisionId);
      if (uuid === undefined) return [];
      const rows = await database.orm
        .select()
        .from(feedbackTable)
        .where(eq(feedbackTable.decisionId, uuid))
        .orderBy(asc(feedbackTable.id));
      return rows.map((row) => ({
        decision_id: decisionOfUuid(row.decisionId),
        clientId: row.clientId,
        at: row.at.toISOString(),
        thumb: row.thumb ?? undefined,
        score: row.score ?? undefined,
        correction: row.correction ?? undefined,
        comment: row.comment ?? undefined,
      }));
    },
  };
}
