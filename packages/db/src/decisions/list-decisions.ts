import type { Decision } from '@pointsman/contracts';
import { and, desc, eq, gte, lt, type SQL } from 'drizzle-orm';
import type { Database } from '../open-database.ts';
import { type DecisionRow, decisions } from '../schema.ts';
import { cursorOf, type DecisionFilter, type DecisionPlace, detailsOf, windowOf } from './decision-conditions.ts';
import { timeOfUuid, uuidOfDecision } from './decision-id.ts';
import { decodeDecision } from './decision-rows.ts';
import type { ModelDictionary } from './model-dictionary.ts';

export type DecisionPage = {
  /** Newest first. */
  decisions: Decision[];
  /** Cursor of the next page; undefined on the last. */
  next: string | undefined;
  /**
   * ISO instant; given when the search stopped before it had looked at everything, as one for something rare does: nothing
   * older was looked at, and `next` goes on from there.
   */
  searchedBackTo: string | undefined;
};

export type DecisionReaderOptions = {
  /** Most rows that one page looks at. */
  mostLookedAt?: number | undefined;
};

const LARGEST_PAGE = 1000;
const DAY_MS = 86_400_000;
/** Measured: half a second at most where a client's records lie far apart, a twentieth where they lie together. */
const MOST_LOOKED_AT = 10_000;

/** Functions that read decisions back. */
export function decisionReader(database: Database, dictionary: ModelDictionary, options: DecisionReaderOptions = {}) {
  const { mostLookedAt = MOST_LOOKED_AT } = options;
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
    /**
     * A page of decisions, newest first. However rare what is asked for, a bounded number of rows is looked at: a page may
     * come short, or empty, and say how far it searched.
     */
    async list(filter: DecisionFilter): Promise<DecisionPage> {
      const limit = Math.min(Math.max(1, Math.trunc(filter.limit)), LARGEST_PAGE);
      const rows = await readPage(database, filter, { limit: limit + 1, mostLookedAt });
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const decoded = await decode(page);
      const found = { decisions: filter.brief === true ? decoded.map(inBrief) : decoded, searchedBackTo: undefined };
      if (rows.length > limit) return { ...found, next: last && cursorOf(last) };
      const stopped = detailsOf(filter) && (await placeReached(database, filter, mostLookedAt));
      if (stopped === undefined) return { ...found, next: undefined };
      return { ...found, next: cursorOf(stopped), searchedBackTo: stopped.at.toISOString() };
    },
  };
}

const inBrief = ({ candidates, ...decision }: Decision): Decision => ({
  ...decision,
  candidates: candidates.filter(({ modelId }) => modelId === decision.modelId),
});

type Bounds = { limit: number; mostLookedAt: number };

const newestFirst = [desc(decisions.at), desc(decisions.id)];

/** The inner limit bounds what is looked at, the outer one what is found; PostgreSQL stops at whichever comes first. */
async function readPage(
  { orm }: Database,
  filter: DecisionFilter,
  { limit, mostLookedAt }: Bounds,
): Promise<DecisionRow[]> {
  const details = detailsOf(filter);
  const looked = orm
    .select()
    .from(decisions)
    .where(windowOf(filter))
    .orderBy(...newestFirst)
    .limit(details === undefined ? limit : mostLookedAt)
    .as('decisions');
  return orm
    .select()
    .from(looked)
    .where(details)
    .orderBy(...newestFirst)
    .limit(limit);
}

/** Where the search stopped; undefined when it came to the end. */
async function placeReached(
  { orm }: Database,
  filter: DecisionFilter,
  mostLookedAt: number,
): Promise<DecisionPlace | undefined> {
  const [place] = await orm
    .select({ at: decisions.at, id: decisions.id })
    .from(decisions)
    .where(windowOf(filter))
    .orderBy(...newestFirst)
    .offset(mostLookedAt - 1)
    .limit(1);
  return place;
}
