import type { PoolClient } from 'pg';
import { isActive } from './locked-assignment.ts';
import type { Candidates } from './queue-types.ts';

/** Enough to choose from while others take some of them at the same time: three bands of what comes first. */
const LISTED = 60;

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

/** What can be given to this rater out of this batch, in an order of their own within each band. */
export async function readCandidates(
  client: PoolClient,
  { rater, batchId, now }: { rater: string; batchId: string; now: number },
): Promise<Candidates> {
  const { rows } = await client.query<{ id: string; case_id: string; is_gold: boolean }>(
    `(select own.item_id as id, i.case_id, i.gold is not null as is_gold, -1 as band, '' as lot
      from annotation_assignments own join annotation_items i on i.id = own.item_id
        join annotation_batches b on b.id = i.batch_id
      where own.rater = $1 and own.state = 'held' and b.id = $3 and ${AVAILABLE})
     union all
     (select i.id, i.case_id, false, i.band, md5(i.id || $1)
      from annotation_items i join annotation_batches b on b.id = i.batch_id
      where i.batch_id = $3 and i.gold is null and ${NOT_HAD} and ${AVAILABLE} order by i.band limit ${LISTED})
     union all
     (select i.id, i.case_id, true, i.band, md5(i.id || $1)
      from annotation_items i join annotation_batches b on b.id = i.batch_id
      where i.batch_id = $3 and i.gold is not null and ${NOT_HAD} and ${AVAILABLE} order by md5(i.id || $1) limit ${LISTED})
     order by band, lot`,
    [rater, new Date(now), batchId],
  );
  const listed = rows.map(({ id, case_id, is_gold }) => ({ id, caseId: case_id, isGold: is_gold }));
  return {
    regular: listed.filter(({ isGold }) => !isGold),
    gold: listed.filter(({ isGold }) => isGold),
    ...(await readCounts(client, { rater, batchId })),
  };
}

const NOT_HAD = `not exists (select 1 from annotation_assignments own where own.item_id = i.id and own.rater = $1)`;

/** What was given, and about how much is left: what others hold at the moment counts as left. */
async function readCounts(
  client: PoolClient,
  { rater, batchId }: { rater: string; batchId: string },
): Promise<Omit<Candidates, 'regular' | 'gold'>> {
  const { rows } = await client.query<
    Record<'regular' | 'gold' | 'regularGiven' | 'goldGiven', number> & { last: string | null }
  >(
    `select own.*, count(*) filter (where i.gold is null and i.submitted < b.raters)::integer as regular,
       count(*) filter (where i.gold is not null)::integer as gold
     from annotation_items i join annotation_batches b on b.id = i.batch_id cross join (
       select count(*) filter (where given.gold is null)::integer as "regularGiven",
         count(*) filter (where given.gold is not null)::integer as "goldGiven",
         (array_agg(given.case_id order by a.turn desc))[1] as last
       from annotation_assignments a join annotation_items given on given.id = a.item_id
       where a.rater = $1 and given.batch_id = $2
     ) as own
     where i.batch_id = $2 and i.content is not null
       and not exists (select 1 from annotation_assignments a where a.item_id = i.id and a.rater = $1)
     group by own."regularGiven", own."goldGiven", own.last`,
    [rater, batchId],
  );
  const [row] = rows;
  return {
    regularLeft: row?.regular ?? 0,
    goldLeft: row?.gold ?? 0,
    regularGiven: row?.regularGiven ?? 0,
    goldGiven: row?.goldGiven ?? 0,
    lastCaseId: row?.last ?? undefined,
  };
}
