import type { Database } from '../open-database.ts';
import { safeInteger } from '../safe-integer.ts';

export type ApprovalQuery = {
  /** Absent: all clients together. */
  clientId?: string | undefined;
  /** UTC days, `YYYY-MM-DD`: `from` included, `to` not. */
  from: string;
  to: string;
};

/** Pieces of feedback that score a reply, by number or by thumb, and those that approve: thumbs up, scores of a half and more. */
export type Approval = { count: number; approving: number };

export async function readApproval(database: Database, { clientId, from, to }: ApprovalQuery): Promise<Approval> {
  const { rows } = await database.pool.query<{ count: string; approving: string }>(
    `select count(*)::text as count, (count(*) filter (where thumb = 'up' or (thumb is null and score >= 0.5)))::text as approving
     from feedback where (thumb is not null or score is not null)
       ${clientId === undefined ? 'and $3::text is null' : 'and client_id = $3'}
       and at >= $1::date::timestamp at time zone 'UTC' and at < $2::date::timestamp at time zone 'UTC'`,
    [from, to, clientId ?? null],
  );
  const [row] = rows;
  return { count: safeInteger(row?.count ?? '0'), approving: safeInteger(row?.approving ?? '0') };
}
