import type { AuditEntry, AuditOutcome } from '@pointsman/contracts';
import { and, desc, eq, gte, lt, type SQL } from 'drizzle-orm';
import type { Database } from './open-database.ts';
import { auditLog, clients } from './schema.ts';

/** What is known before a change. */
export type AuditRecord = {
  actor: string;
  /** Of the user or key. */
  actorId?: string | undefined;
  role?: string | undefined;
  clientId?: string | undefined;
  action: string;
  summary: string;
  /** Without secrets. */
  details: Record<string, unknown>;
};

/** How it ended; the client where only the answer named it. */
export type AuditEnding = {
  outcome: Exclude<AuditOutcome, 'started'>;
  status?: number | undefined;
  clientId?: string | undefined;
};

export type AuditFilter = {
  actor?: string | undefined;
  action?: string | undefined;
  clientId?: string | undefined;
  outcome?: AuditOutcome | undefined;
  /** First instant, and the one after the last. */
  from?: Date | undefined;
  to?: Date | undefined;
  /** Entries older than the one with this id. */
  before?: number | undefined;
  limit: number;
};

/** The log of changes. Written once: the database itself refuses to change or delete what stands there. */
export function auditLogRepository({ orm }: Database) {
  return {
    /** Says that something is about to be done; the id is for `finish`. */
    async start(record: AuditRecord): Promise<number> {
      const [row] = await orm
        .insert(auditLog)
        .values({ ...record, outcome: 'started' })
        .returning({ id: auditLog.id });
      if (row === undefined) throw new Error('the insert returned no entry');
      return row.id;
    },
    /** Says how it ended. */
    async finish(id: number, { clientId, ...ending }: AuditEnding): Promise<void> {
      await orm
        .update(auditLog)
        .set({ ...ending, ...(clientId !== undefined && { clientId }) })
        .where(eq(auditLog.id, id));
    },
    /** Records in one step what has happened already. */
    async add(record: AuditRecord, ending: AuditEnding): Promise<void> {
      await orm.insert(auditLog).values({ ...record, ...ending, clientId: ending.clientId ?? record.clientId });
    },
    /** Newest first. `next` is there when there is more. */
    async list({ before, limit, ...filter }: AuditFilter): Promise<{ data: AuditEntry[]; next?: number }> {
      const rows = await orm
        .select({ entry: auditLog, clientName: clients.name })
        .from(auditLog)
        .leftJoin(clients, eq(clients.id, auditLog.clientId))
        .where(and(before === undefined ? undefined : lt(auditLog.id, before), ...conditionsOf(filter)))
        .orderBy(desc(auditLog.id))
        .limit(limit + 1);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        data: page.map(({ entry, clientName }) => entryOf(entry, clientName)),
        ...(rows.length > limit && last !== undefined && { next: last.entry.id }),
      };
    },
  };
}

function conditionsOf(filter: Omit<AuditFilter, 'before' | 'limit'>): (SQL | undefined)[] {
  return [
    filter.actor === undefined ? undefined : eq(auditLog.actor, filter.actor),
    filter.action === undefined ? undefined : eq(auditLog.action, filter.action),
    filter.clientId === undefined ? undefined : eq(auditLog.clientId, filter.clientId),
    filter.outcome === undefined ? undefined : eq(auditLog.outcome, filter.outcome),
    filter.from === undefined ? undefined : gte(auditLog.at, filter.from),
    filter.to === undefined ? undefined : lt(auditLog.at, filter.to),
  ];
}

function entryOf(row: typeof auditLog.$inferSelect, clientName: string | null): AuditEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor,
    ...(row.role !== null && { role: row.role }),
    ...(row.clientId !== null && { clientId: row.clientId }),
    ...(clientName !== null && { clientName }),
    action: row.action,
    summary: row.summary,
    details: row.details,
    outcome: row.outcome,
    ...(row.status !== null && { status: row.status }),
  };
}
