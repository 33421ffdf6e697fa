import type { PoolClient } from 'pg';
import { isActive } from './locked-assignment.ts';
import type { Candidates } from './queue-types.ts';

/** Enough to choose from while others take some of them at the same time. */
const LISTED = 40;

/**
 * Items `i` of batches `b` that rater $1 can be given at time $2: not had yet, or let lapse; with a place free; whose
 * very text they have rated nowhere else. Items they decided on as a third person are not theirs to rate.
 */
export const AVAILABLE = `i.content is not null
  and not exists (select 1 from annotation_assignments own where own.item_id = i.id and own.rater = $1
    and (own.state <> 'held' or own.reserved_until > $2))
  and (i.gold is not null or (
    (select count(*) from annotation_assignments a where a.item_id = i.id and a.rater <> $1 and ${isActive('$2')}) < b.raters
    and not exists (select 1 from annotation_ratings said
      where said.case_hash = i.case_hash and said.reply_hash = i.reply_hash and said.rater = $1)
    and not exists (select 1 from annotation_decisions d
      where d.item_id = i.id and (d.adjudicator = $1 or d.state = 'decided'))))`;

type Row = { id: string; case_id: string; is_gold: boolean; left: number };

/** What can be given to this rater out of this batch, in an order of their own within each band. */
export async function readCandidates(
  client: PoolClient,
  { rater, batchId, now }: { rater: string; batchId: string; now: number },
): Promise<Candidates> {
  const { rows } = await client.query<Row>(
    `select id, case_id, is_gold, "left" from (
       select i.id, i.case_id, i.gold is not null as is_gold,
         count(*) over (partition by i.gold is not null)::integer as "left",
         row_number() over (partition by i.gold is not null order by
           exists (select 1 from annotation_assignments own where own.item_id = i.id and own.rater = $1) desc,
           i.band, md5(i.id || $1)) as place
       from annotation_items i join annotation_batches b on b.id = i.batch_id
       where b.id = $3 and ${AVAILABLE}
     ) as listed where place <= ${LISTED} order by place`,
    [rater, new Date(now), batchId],
  );
  const given = await readGiven(client, rater, batchId);
  const ofKind = (isGold: boolean) => rows.filter((row) => row.is_gold === isGold);
  const candidatesOf = (isGold: boolean) => ofKind(isGold).map(({ id, case_id }) => ({ id, caseId: case_id, isGold }));
  return {
    regular: candidatesOf(false),
    gold: candidatesOf(true),
    regularLeft: ofKind(false)[0]?.left ?? 0,
    goldLeft: ofKind(true)[0]?.left ?? 0,
    ...given,
  };
}

async function readGiven(
  client: PoolClient,
  rater: string,
  batchId: string,
): Promise<Pick<Candidates, 'regularGiven' | 'goldGiven' | 'lastCaseId'>> {
  const { rows } = await client.query<{ regular: number; gold: number; last_case: string | null }>(
    `select count(*) filter (where i.gold is null)::integer as regular,
       count(*) filter (where i.gold is not null)::integer as gold,
       (array_agg(i.case_id order by a.turn desc))[1] as last_case
     from annotation_assignments a join annotation_items i on i.id = a.item_id
     where a.rater = $1 and i.batch_id = $2`,
    [rater, batchId],
  );
  const [row] = rows;
  return { regularGiven: row?.regular ?? 0, goldGiven: row?.gold ?? 0, lastCaseId: row?.last_case ?? undefined };
}
