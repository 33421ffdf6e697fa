import type { Decision } from '@pointsman/contracts';
import { and, eq, gte, lt, sql } from 'drizzle-orm';
import type { Database } from '../open-database.ts';
import { decisions } from '../schema.ts';
import { decodeDecision } from './decision-rows.ts';
import type { ModelDictionary } from './model-dictionary.ts';
import { timeSlices } from './time-slices.ts';

export type DecisionSample = {
  clientId: string;
  /** Under which they were made. */
  policy: string;
  /** Milliseconds since 1970: `fromMs` included, `toMs` not. */
  fromMs: number;
  toMs: number;
  /** Of the period that is read, in (0, 1]. */
  share: number;
};

/** More than anybody asks for: a share of 1 is one slice. */
const MOST_OF_SLICE = 100_000;

/**
 * Reads a client's decisions of one policy in slices of time spread evenly over the period: each decision has the same
 * chance, and nothing else is read. The same question gives the same sample.
 */
export async function sampleDecisions(
  { orm }: Database,
  dictionary: ModelDictionary,
  { clientId, policy, fromMs, toMs, share }: DecisionSample,
): Promise<Decision[]> {
  const slices = timeSlices(fromMs, toMs, share);
  const instants = (end: 0 | 1) => sql.param(slices.map((slice) => new Date(slice[end]).toISOString()));
  // A limit keeps PostgreSQL from merging the slices into one long scan: each is looked up in the index by itself.
  const ofSlice = orm
    .select()
    .from(decisions)
    .where(
      and(
        eq(decisions.clientId, clientId),
        eq(decisions.policy, policy),
        sql`${decisions.at} >= slice.a and ${decisions.at} < slice.b`,
        // So that the partitions of other days are not asked.
        gte(decisions.at, new Date(fromMs)),
        lt(decisions.at, new Date(toMs)),
      ),
    )
    .limit(MOST_OF_SLICE)
    .as('decisions');
  const rows = await orm
    .select(ofSlice._.selectedFields)
    .from(sql`unnest(${instants(0)}::timestamptz[], ${instants(1)}::timestamptz[]) as slice(a, b)`)
    .crossJoinLateral(ofSlice);
  const names = await dictionary.namesOf(new Set(rows.flatMap((row) => row.candidateModels ?? [])));
  return rows.map((row) => decodeDecision(row, names));
}
