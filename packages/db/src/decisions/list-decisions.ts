import { type Decision, type DecisionOutcome, GatewayError, type Reason } from '@pointsman/contracts';
import { and, desc, eq, gte, lt, lte, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../open-database.ts';
import { type DecisionRow, decisions } from '../schema.ts';
import { decisionOfUuid, timeOfUuid, uuidOfDecision } from './decision-id.ts';
import { decodeDecision } from './decision-rows.ts';
import type { ModelDictionary } from './model-dictionary.ts';

export type DecisionFilter = {
  clientId?: string | undefined;
  /** The `next` of the page before. */
  before?: string | undefined;
  /** Most decisions to return, 1 to 1000. */
  limit: number;
  /** The served model. */
  model?: string | undefined;
  reason?: Reason | undefined;
  outcome?: DecisionOutcome | undefined;
  /** ISO instants: `from` included, `to` not. */
  from?: string | undefined;
  to?: string | undefined;
};

export type DecisionPage = {
  /** Newest first. */
  decisions: Decision[];
  /** Cursor of the next page; undefined on the last. */
  next: string | undefined;
};

const LARGEST_PAGE = 1000;
const DAY_MS = 86_400_000;

const cursorOf = ({ at, id }: DecisionRow): string => `${at.getTime()}.${decisionOfUuid(id)}`;

/** @throws GatewayError `invalid_request` when the text is no cursor. */
function olderThan(cursor: string): SQL | undefined {
  const [ms = '', decisionId = ''] = cursor.split('.');
  const at = new Date(Number.parseInt(ms, 10));
  const id = uuidOfDecision(decisionId);
  if (Number.isNaN(at.getTime()) || id === undefined) {
    throw new GatewayError('invalid_request', `'${cursor}' is not a cursor; pass the 'next' of the page before`);
  }
  // The plain bound lets PostgreSQL skip newer partitions, which it does not do for the pair.
  return and(
    lte(decisions.at, at),
    sql`(${decisions.at}, ${decisions.id}) < (${at.toISOString()}::timestamptz, ${id}::uuid)`,
  );
}

function conditionsOf(filter: DecisionFilter): SQL | undefined {
  return and(
    filter.clientId === undefined ? undefined : eq(decisions.clientId, filter.clientId),
    filter.model === undefined ? undefined : eq(decisions.modelId, filter.model),
    filter.reason === undefined ? undefined : eq(decisions.reason, filter.reason),
    filter.outcome === undefined ? undefined : eq(decisions.outcome, filter.outcome),
    filter.from === undefined ? undefined : gte(decisions.at, new Date(filter.from)),
    filter.to === undefined ? undefined : lt(decisions.at, new Date(filter.to)),
    filter.before === undefined ? undefined : olderThan(filter.before),
  );
}

/** Functions that read decisions back. */
export function decisionReader(database: Database, dictionary: ModelDictionary) {
  const decode = async (rows: readonly DecisionRow[]): Promise<Decision[]> => {
    const names = await dictionary.namesOf(new Set(rows.flatMap((row) => row.candidateModels ?? [])));
    return rows.map((row) => decodeDecision(row, names));
  };
  const find = (...conditions: (SQL | undefined)[]) =>
    database.orm
      .select()
      .from(decisions)
      .where(and(...conditions))
      .limit(1);

  return {
    /** One decision, of one client if given. A decision of somebody else and one that does not exist look the same. */
    async get(id: string, clientId?: string): Promise<Decision | undefined> {
      const uuid = uuidOfDecision(id);
      if (uuid === undefined) return undefined;
      const wanted = and(eq(decisions.id, uuid), clientId === undefined ? undefined : eq(decisions.clientId, clientId));
      const madeAt = timeOfUuid(uuid);
      // Its partition is the day in the id, give or take a request around midnight; only odd ids need all of them.
      const nearby =
        madeAt === undefined
          ? []
          : await find(
              wanted,
              gte(decisions.at, new Date(madeAt - DAY_MS)),
              lt(decisions.at, new Date(madeAt + DAY_MS)),
            );
      const rows = nearby.length > 0 ? nearby : await find(wanted);
      return (await decode(rows))[0];
    },
    /** A page of decisions, newest first. */
    async list(filter: DecisionFilter): Promise<DecisionPage> {
      const limit = Math.min(Math.max(1, Math.trunc(filter.limit)), LARGEST_PAGE);
      const rows = await database.orm
        .select()
        .from(decisions)
        .where(conditionsOf(filter))
        .orderBy(desc(decisions.at), desc(decisions.id))
        .limit(limit + 1);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return { decisions: await decode(page), next: rows.length > limit && last ? cursorOf(last) : undefined };
    },
  };
}
