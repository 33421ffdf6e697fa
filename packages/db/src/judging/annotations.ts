import type { Dimension } from '@pointsman/contracts';
import type { PoolClient } from 'pg';
import { storable } from '../evaluations/calls.ts';
import { inTransaction } from '../in-transaction.ts';
import type { Database } from '../open-database.ts';

/** A text that answers a case: both by the SHA-256, hex, of their content. */
export type ReplyKey = { caseHash: string; replyHash: string };

export type RatedOn = { dimension: Dimension; rating: number; scale: [number, number] };

/** A reply that people rated, with all that they said of it. */
export type AnnotatedReply = ReplyKey & {
  caseId: string;
  /** Who wrote it. */
  model: string;
  reply: string;
  ratings: readonly (RatedOn & { rater: string })[];
  /** At most one for each dimension. */
  adjudications: readonly RatedOn[];
};

/** How many ratings and adjudications were new, and how many took the place of another by the same rater. */
export type RecordedAnnotations = { added: number; changed: number };

/** People's ratings of replies: one for each reply, dimension and rater, the latest. */
export function annotationsRepository(database: Database) {
  return {
    /** Stores replies with their ratings, all or nothing. What is there already stays as it is. */
    record: (replies: readonly AnnotatedReply[], source: string): Promise<RecordedAnnotations> =>
      recordAnnotations(database, replies, source),
    /** All replies that people rated, in a fixed order. */
    all: (): Promise<AnnotatedReply[]> => readReplies(database),
    /** Those of these replies that people rated. */
    of: (keys: readonly ReplyKey[]): Promise<AnnotatedReply[]> => readReplies(database, keys),
  };
}

async function recordAnnotations(
  database: Database,
  replies: readonly AnnotatedReply[],
  source: string,
): Promise<RecordedAnnotations> {
  return inTransaction(database, (client) => recordInTransaction(client, replies, source));
}

/** `record` as a part of what else a transaction does. */
export async function recordInTransaction(
  client: PoolClient,
  replies: readonly AnnotatedReply[],
  source: string,
): Promise<RecordedAnnotations> {
  // In one order: two that record the same replies at once would else wait for each other.
  const ordered = replies.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  await client.query(
    `insert into annotated_replies (case_hash, reply_hash, case_id, model, reply)
     select case_hash, reply_hash, case_id, model, reply from jsonb_to_recordset($1)
       as row (case_hash text, reply_hash text, case_id text, model text, reply text)
     on conflict do nothing`,
    [storable(ordered.map((one) => ({ ...keyColumns(one), case_id: one.caseId, model: one.model, reply: one.reply })))],
  );
  const ratings = ordered.flatMap((one) =>
    one.ratings.map((said) => ({ ...ratingColumns(one, said), rater: said.rater })),
  );
  const decided = ordered.flatMap((one) => one.adjudications.map((said) => ratingColumns(one, said)));
  const written = [
    ...(await upsert(client, 'annotation_ratings', { rows: ratings, source })),
    ...(await upsert(client, 'annotation_adjudications', { rows: decided, source })),
  ];
  const added = written.filter((isNew) => isNew).length;
  return { added, changed: written.length - added };
}

const orderOf = ({ caseHash, replyHash }: ReplyKey): string => `${caseHash} ${replyHash}`;
const keyColumns = ({ caseHash, replyHash }: ReplyKey) => ({ case_hash: caseHash, reply_hash: replyHash });
const ratingColumns = (key: ReplyKey, { dimension, rating, scale }: RatedOn) => ({
  ...keyColumns(key),
  dimension,
  rating,
  scale_low: scale[0],
  scale_high: scale[1],
});

const UPSERTS = {
  annotation_ratings: { name: ', rater', typed: ', rater text', at: 'rated_at' },
  annotation_adjudications: { name: '', typed: '', at: 'decided_at' },
} as const;

/** Resolves to whether each row that was written is new. */
async function upsert(
  client: PoolClient,
  table: keyof typeof UPSERTS,
  { rows, source }: { rows: readonly object[]; source: string },
): Promise<boolean[]> {
  const { name, typed, at } = UPSERTS[table];
  const written = await client.query<{ is_new: boolean }>(
    `insert into ${table} as known (case_hash, reply_hash, dimension${name}, rating, scale_low, scale_high, source)
     select case_hash, reply_hash, dimension${name}, rating, scale_low, scale_high, $2 from jsonb_to_recordset($1)
       as row (case_hash text, reply_hash text, dimension text${typed}, rating double precision,
         scale_low double precision, scale_high double precision)
     on conflict (case_hash, reply_hash, dimension${name}) do update set rating = excluded.rating,
       scale_low = excluded.scale_low, scale_high = excluded.scale_high, source = excluded.source, ${at} = clock_timestamp()
     where (known.rating, known.scale_low, known.scale_high)
       is distinct from (excluded.rating, excluded.scale_low, excluded.scale_high)
     returning xmax = 0 as is_new`,
    [JSON.stringify(rows), source],
  );
  return written.rows.map(({ is_new }) => is_new);
}

type RatingRow = {
  case_hash: string;
  reply_hash: string;
  dimension: Dimension;
  rater: string | null;
  rating: number;
  scale_low: number;
  scale_high: number;
};
type ReplyRow = { case_hash: string; reply_hash: string; case_id: string; model: string; reply: string };

const keyOf = ({ case_hash, reply_hash }: { case_hash: string; reply_hash: string }) => `${case_hash} ${reply_hash}`;

async function readReplies({ pool }: Database, keys?: readonly ReplyKey[]): Promise<AnnotatedReply[]> {
  const wanted = keys === undefined ? '' : WANTED;
  const parameters = keys && [keys.map(({ caseHash }) => caseHash), keys.map(({ replyHash }) => replyHash)];
  const replies = await pool.query<ReplyRow>(
    `select case_hash, reply_hash, case_id, model, reply from annotated_replies ${wanted} order by case_hash, reply_hash`,
    parameters,
  );
  const said = await pool.query<RatingRow>(
    `select * from (
       select case_hash, reply_hash, dimension, rater, rating, scale_low, scale_high from annotation_ratings
       union all
       select case_hash, reply_hash, dimension, null, rating, scale_low, scale_high from annotation_adjudications
     ) as said ${wanted} order by case_hash, reply_hash, dimension, rater`,
    parameters,
  );
  const saidOf = Map.groupBy(said.rows, keyOf);
  return replies.rows.map((row) => annotatedReply(row, saidOf.get(keyOf(row)) ?? []));
}

const WANTED = 'where (case_hash, reply_hash) in (select * from unnest($1::text[], $2::text[]))';

function annotatedReply(row: ReplyRow, said: readonly RatingRow[]): AnnotatedReply {
  const rated = said.map(({ dimension, rating, rater, scale_low, scale_high }) => ({
    rater,
    on: { dimension, rating, scale: [scale_low, scale_high] as [number, number] },
  }));
  return {
    caseHash: row.case_hash,
    replyHash: row.reply_hash,
    caseId: row.case_id,
    model: row.model,
    reply: row.reply,
    ratings: rated.flatMap(({ rater, on }) => (rater === null ? [] : [{ ...on, rater }])),
    adjudications: rated.flatMap(({ rater, on }) => (rater === null ? [on] : [])),
  };
}
