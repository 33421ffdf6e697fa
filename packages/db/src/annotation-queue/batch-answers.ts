import type { AnnotationAnswers, Dimension, SkipReason } from '@pointsman/contracts';
import type { Database } from '../open-database.ts';
import type { GoldRatings, QueueContent } from './queue-types.ts';

/** What one rater made of one item, as its operator sees it. */
export type BatchAnswer = {
  itemId: string;
  caseId: string;
  model: string;
  gold: GoldRatings | undefined;
  rater: string;
  /** As others know the rater; the id where nobody does. */
  name: string;
  /** Absent when it was submitted. */
  skipReason: SkipReason | undefined;
  answers: AnnotationAnswers;
  activeMs: number | undefined;
  imported: boolean;
  atMs: number;
};

const NAME = `coalesce(nullif(u.name, ''), u.email, a.rater)`;

/** Everything submitted or skipped in a batch, oldest first. */
export async function readBatchAnswers({ pool }: Database, batchId: string): Promise<BatchAnswer[]> {
  const { rows } = await pool.query<{
    item_id: string;
    case_id: string;
    model: string;
    gold: GoldRatings | null;
    rater: string;
    name: string;
    skip_reason: SkipReason | null;
    answers: AnnotationAnswers;
    active_ms: number | null;
    imported: boolean;
    finished_at: Date;
  }>(
    `select a.item_id, i.case_id, i.model, i.gold, a.rater, ${NAME} as name, a.skip_reason, a.answers, a.active_ms,
       a.imported, a.finished_at
     from annotation_assignments a join annotation_items i on i.id = a.item_id left join users u on u.id = a.rater
     where i.batch_id = $1 and a.state <> 'held' order by a.finished_at, a.item_id, a.rater`,
    [batchId],
  );
  return rows.map((row) => ({
    itemId: row.item_id,
    caseId: row.case_id,
    model: row.model,
    gold: row.gold ?? undefined,
    rater: row.rater,
    name: row.name,
    skipReason: row.skip_reason ?? undefined,
    answers: row.skip_reason === null ? row.answers : {},
    activeMs: row.active_ms ?? undefined,
    imported: row.imported,
    atMs: row.finished_at.getTime(),
  }));
}

/** Changes whenever something is submitted, reopened or skipped in a batch. */
export async function readAnswersRevision({ pool }: Database, batchId: string): Promise<string> {
  const { rows } = await pool.query<{ revision: string }>(
    `select concat_ws(' ', count(*), sum(a.revision), max(a.finished_at)) as revision
     from annotation_assignments a join annotation_items i on i.id = a.item_id
     where i.batch_id = $1 and a.state <> 'held'`,
    [batchId],
  );
  return rows[0]?.revision ?? '';
}

/** An item with all that was said of it. */
export type RatedItem = {
  id: string;
  caseId: string;
  model: string;
  replyHash: string;
  gold: GoldRatings | undefined;
  /** Undefined once the sample it was taken from is erased. */
  content: QueueContent | undefined;
  ratings: { rater: string; name: string; answers: AnnotationAnswers; comment: string | undefined }[];
  /** Not decided yet. */
  disputed: Dimension[];
  /** What a third person decided. */
  decided: AnnotationAnswers;
};

export type ItemsPage = { batchId: string; offset: number; limit: number; disputedOnly?: boolean | undefined };

type ItemRow = {
  id: string;
  case_id: string;
  model: string;
  reply_hash: string;
  gold: GoldRatings | null;
  content: QueueContent | null;
  ratings: { rater: string; name: string; answers: AnnotationAnswers; comment: string | null }[];
  disputed: Dimension[];
  decided: AnnotationAnswers | null;
};

/** A page of a batch's items, in the order in which they were stored. */
export async function readBatchItems(
  { pool }: Database,
  { batchId, offset, limit, disputedOnly = false }: ItemsPage,
): Promise<{ items: RatedItem[]; total: number }> {
  const isWanted = `i.batch_id = $1 and (not $2 or i.disputed <> '{}')`;
  const counted = await pool.query<{ total: number }>(
    `select count(*)::integer as total from annotation_items i where ${isWanted}`,
    [batchId, disputedOnly],
  );
  // The page is cut out first: what was said is read for its items only.
  const { rows } = await pool.query<ItemRow>(
    `with page as (select * from annotation_items i where ${isWanted} order by i.id limit $3 offset $4)
     select i.id, i.case_id, i.model, i.reply_hash, i.gold, i.content,
       (select coalesce(jsonb_agg(jsonb_build_object('rater', a.rater, 'name', ${NAME}, 'answers', a.answers,
            'comment', a.comment) order by a.finished_at, a.rater), '[]')
        from annotation_assignments a left join users u on u.id = a.rater
        where a.item_id = i.id and a.state = 'submitted') as ratings,
       case when d.item_id is null then i.disputed else '{}' end as disputed, d.ratings as decided
     from page i left join annotation_decisions d on d.item_id = i.id and d.state = 'decided' order by i.id`,
    [batchId, disputedOnly, limit, offset],
  );
  const items = rows.map((row) => ({
    id: row.id,
    caseId: row.case_id,
    model: row.model,
    replyHash: row.reply_hash,
    gold: row.gold ?? undefined,
    content: row.content ?? undefined,
    ratings: row.ratings.map((one) => ({ ...one, comment: one.comment ?? undefined })),
    disputed: row.disputed,
    decided: row.decided ?? {},
  }));
  return { items, total: counted.rows[0]?.total ?? 0 };
}
