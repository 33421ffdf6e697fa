import type { Database } from '../open-database.ts';
import { safeInteger } from '../safe-integer.ts';
import type { LatencyHistogram } from './latency-histogram.ts';

export type LatencyQuery = {
  /** Absent: all clients together. */
  clientId?: string | undefined;
  /** UTC days, `YYYY-MM-DD`: `from` included, `to` not. */
  from: string;
  to: string;
  /** What to group by; nothing gives at most one row. */
  by: readonly ('day' | 'model')[];
};

export type LatencyRow = {
  key: { day?: string | undefined; model?: string | undefined };
  /** Answered requests by the time they took in all. */
  replies: LatencyHistogram;
  /** Streamed ones by the time to their first token. */
  firstTokens: LatencyHistogram;
};

const COLUMNS = { day: "to_char(day, 'YYYY-MM-DD')", model: 'model_id' } as const;

type BucketRow = { buckets: number[]; replies: string[]; tokens: string[]; key_day?: string; key_model?: string };

const histogram = (buckets: readonly number[], counts: readonly string[]): LatencyHistogram =>
  buckets.map((bucket, index) => ({ bucket, count: safeInteger(counts[index] ?? '0') }));

/** Histograms of latency, ordered by their keys; none where nothing was answered. */
export async function readLatencies(database: Database, query: LatencyQuery): Promise<LatencyRow[]> {
  const by = [...new Set(query.by)];
  const keys = by.map((name) => `${COLUMNS[name]} as "key_${name}"`);
  const names = by.map((name) => `"key_${name}"`);
  const { rows } = await database.pool.query<BucketRow>(
    `select ${[...names, 'array_agg(bucket) as buckets', 'array_agg(replies::text) as replies', 'array_agg(tokens::text) as tokens'].join(', ')}
     from (
       select ${[...keys, 'bucket', 'sum(replies) as replies', 'sum(first_tokens) as tokens'].join(', ')}
       from latency_rollups where client_id = $1 and day >= $2::date and day < $3::date
       group by ${[...names, 'bucket'].join(', ')}
     ) b ${by.length === 0 ? 'having count(*) > 0' : `group by ${names.join(', ')} order by ${names.join(', ')}`}`,
    [query.clientId ?? '*', query.from, query.to],
  );
  return rows.map((row) => ({
    key: { day: row.key_day, model: row.key_model },
    replies: histogram(row.buckets, row.replies),
    firstTokens: histogram(row.buckets, row.tokens),
  }));
}

/** All rows as one; undefined when there is none. */
export function mergeLatencies(rows: readonly LatencyRow[]): LatencyRow | undefined {
  const [first] = rows;
  if (first === undefined || rows.length === 1) return first;
  return {
    key: {},
    replies: mergeHistograms(rows.map(({ replies }) => replies)),
    firstTokens: mergeHistograms(rows.map(({ firstTokens }) => firstTokens)),
  };
}

function mergeHistograms(histograms: readonly LatencyHistogram[]): LatencyHistogram {
  const counts = new Map<number, number>();
  for (const { bucket, count } of histograms.flat()) counts.set(bucket, (counts.get(bucket) ?? 0) + count);
  return [...counts].map(([bucket, count]) => ({ bucket, count }));
}
