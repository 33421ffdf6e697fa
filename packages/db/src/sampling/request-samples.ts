import { createHash } from 'node:crypto';
import { GatewayError } from '@pointsman/contracts';
import { and, type Column, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { decisionOfUuid, uuidOfDecision } from '../decisions/decision-id.ts';
import type { Database } from '../open-database.ts';
import { requestSamples } from './sample-table.ts';

/** One message of a sampled conversation: its text, redacted. */
export type SampleMessage = { role: string; content: string };

type SampleFacts = {
  decisionId: string;
  clientId: string;
  /** ISO instant of the decision. */
  at: string;
  modelId: string;
  domain: string | undefined;
  task: string | undefined;
  messages: SampleMessage[];
  reply: string;
};

export type NewSample = SampleFacts & {
  retentionDays: number;
  /** Whom the application spoke with; stored as a hash. */
  endUser: string | undefined;
};

export type RequestSample = SampleFacts & {
  expiresAt: string;
  /** The set of samples with which it went to annotators. */
  batch: string | undefined;
};

export type SampleFilter = {
  clientId?: string | undefined;
  domain?: string | undefined;
  task?: string | undefined;
  /** Only those that are in no batch yet. */
  open?: boolean | undefined;
  /** The `next` of the page before. */
  before?: string | undefined;
  /** 1 to 500. */
  limit: number;
};

const DAY_MS = 86_400_000;
const LARGEST_PAGE = 500;

/** What PostgreSQL's text and jsonb cannot hold: NUL and halves of surrogate pairs. */
const storable = (text: string): string => text.replaceAll('\u0000', '\ufffd').toWellFormed();

/** Of the end user within the client, so that the same name at two clients is not the same hash. */
const endUserHash = (clientId: string, endUser: string): Buffer =>
  createHash('sha256').update(clientId).update('\u0000').update(endUser).digest();

type Row = typeof requestSamples.$inferSelect;

const sampleOf = (row: Row): RequestSample => ({
  decisionId: decisionOfUuid(row.decisionId),
  clientId: row.clientId,
  at: row.at.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  modelId: row.modelId,
  domain: row.domain ?? undefined,
  task: row.task ?? undefined,
  batch: row.batch ?? undefined,
  messages: row.messages,
  reply: row.reply,
});

function rowOf(sample: NewSample): typeof requestSamples.$inferInsert | undefined {
  const decisionId = uuidOfDecision(sample.decisionId);
  if (decisionId === undefined) return undefined;
  const at = new Date(sample.at);
  return {
    decisionId,
    clientId: sample.clientId,
    at,
    expiresAt: new Date(at.getTime() + sample.retentionDays * DAY_MS),
    endUserHash: sample.endUser === undefined ? null : endUserHash(sample.clientId, sample.endUser),
    modelId: sample.modelId,
    domain: sample.domain ?? null,
    task: sample.task ?? null,
    messages: sample.messages.map(({ role, content }) => ({ role, content: storable(content) })),
    reply: storable(sample.reply),
  };
}

const cursorOf = ({ at, decisionId }: Row): string => `${at.getTime()}.${decisionOfUuid(decisionId)}`;

/** @throws GatewayError `invalid_request` when the text is no cursor. */
function olderThan(cursor: string): SQL {
  const [ms = '', decisionId = ''] = cursor.split('.');
  const at = new Date(Number.parseInt(ms, 10));
  const id = uuidOfDecision(decisionId);
  if (Number.isNaN(at.getTime()) || id === undefined) {
    throw new GatewayError('invalid_request', `'${cursor}' is not a cursor; pass the 'next' of the page before`);
  }
  return sql`(${requestSamples.at}, ${requestSamples.decisionId}) < (${at.toISOString()}::timestamptz, ${id}::uuid)`;
}

const equals = (column: Column, value: string | undefined) => (value === undefined ? undefined : eq(column, value));

/** Redacted prompts and replies of the clients that opted in, until their time is over. */
export function requestSamplesRepository(database: Database) {
  const { orm } = database;
  return {
    /** Adds samples; one of a decision that is there already is left as it is. */
    async add(samples: readonly NewSample[]): Promise<void> {
      const rows = samples.map(rowOf).filter((row) => row !== undefined);
      if (rows.length > 0) await orm.insert(requestSamples).values(rows).onConflictDoNothing();
    },
    /** A page of samples, newest first. @throws GatewayError `invalid_request` for what is no cursor. */
    async list(filter: SampleFilter): Promise<{ samples: RequestSample[]; next: string | undefined }> {
      const limit = Math.min(Math.max(1, Math.trunc(filter.limit)), LARGEST_PAGE);
      const rows = await orm
        .select()
        .from(requestSamples)
        .where(
          and(
            equals(requestSamples.clientId, filter.clientId),
            equals(requestSamples.domain, filter.domain),
            equals(requestSamples.task, filter.task),
            filter.open === true ? isNull(requestSamples.batch) : undefined,
            filter.before === undefined ? undefined : olderThan(filter.before),
          ),
        )
        .orderBy(desc(requestSamples.at), desc(requestSamples.decisionId))
        .limit(limit + 1);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return { samples: page.map(sampleOf), next: rows.length > limit && last ? cursorOf(last) : undefined };
    },
    /** How many samples of a client are stored, and since when. */
    async stored(clientId: string): Promise<{ stored: number; oldestAt: string | undefined }> {
      const { rows } = await database.pool.query<{ stored: number; oldest: Date | null }>(
        'select count(*)::int as stored, min(at) as oldest from request_samples where client_id = $1',
        [clientId],
      );
      return { stored: rows[0]?.stored ?? 0, oldestAt: rows[0]?.oldest?.toISOString() };
    },
    /** Erases a client's samples, of one end user where one is given; returns how many. */
    async erase(clientId: string, endUser?: string): Promise<number> {
      const erased = await orm
        .delete(requestSamples)
        .where(
          and(
            eq(requestSamples.clientId, clientId),
            endUser === undefined ? undefined : eq(requestSamples.endUserHash, endUserHash(clientId, endUser)),
          ),
        );
      return erased.rowCount ?? 0;
    },
    /** Erases what is past its time: the one promised when it was taken, or the shorter one its client asks for now. */
    async purge(now: number): Promise<number> {
      const { rowCount } = await database.pool.query(
        `delete from request_samples s using clients c where c.id = s.client_id and (s.expires_at <= $1
           or s.at + make_interval(days => (c.sampling->>'retentionDays')::int) <= $1)`,
        [new Date(now)],
      );
      return rowCount ?? 0;
    },
  };
}
