import { type BenchmarkVersion, GatewayError } from '@pointsman/contracts';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from './open-database.ts';
import { benchmarkCases, benchmarkDrafts, benchmarks, benchmarkVersions } from './schema.ts';
import { errorCode } from './storage-unavailable.ts';

export type BenchmarkSummary = {
  name: string;
  /** The latest published version; undefined while there is only a draft. */
  latest: { version: number; hash: string; cases: number; publishedBy: string; publishedAt: string } | undefined;
  hasDraft: boolean;
};

/** As it was stored, unvalidated: the benchmark package owns the schema and checks the hashes. */
export type StoredVersion = { body: unknown; reason: string; review: unknown };
export type StoredDraft = { revision: number; body: unknown; updatedAt: string };

export type PublishInput = {
  version: BenchmarkVersion;
  /** Of the version's cases at least those that no version has had before. */
  cases: readonly { hash: string; body: unknown }[];
  reason: string;
  review?: unknown;
  /** The draft it was made of, as it was read; it ends. Absent for what ships with the program. */
  draftRevision?: number | undefined;
};

const UNIQUE_VIOLATION = '23505';
// Some hundred bytes a case: more in one statement would hold megabytes of text twice.
const CASES_AT_ONCE = 500;

/** Benchmarks: drafts, and published versions with their cases by hash. Published rows refuse every change (trigger). */
export function benchmarksRepository(database: Database) {
  const { orm } = database;
  return {
    /** All of them, by name. */
    list: (): Promise<BenchmarkSummary[]> => listBenchmarks(database),
    /** A version, the latest where none is named; undefined when there is none. */
    async version(name: string, version?: number): Promise<StoredVersion | undefined> {
      const { body, reason, review } = benchmarkVersions;
      const isWanted = eq(benchmarkVersions.name, name);
      const [row] = await orm
        .select({ body, reason, review })
        .from(benchmarkVersions)
        .where(version === undefined ? isWanted : and(isWanted, eq(benchmarkVersions.version, version)))
        .orderBy(desc(benchmarkVersions.version))
        .limit(1);
      return row;
    },
    /** What is stored under the hashes, published or annotated; a hash that names nothing is not in the result. */
    async cases(hashes: readonly string[]): Promise<Map<string, unknown>> {
      const { rows } = await database.pool.query<{ hash: string; body: unknown }>(
        `select hash, body from benchmark_cases where hash = any($1::text[])
         union all select hash, body from annotation_cases where hash = any($1::text[])`,
        [[...hashes]],
      );
      return new Map(rows.map(({ hash, body }) => [hash, body]));
    },
    async draft(name: string): Promise<StoredDraft | undefined> {
      const [row] = await orm.select().from(benchmarkDrafts).where(eq(benchmarkDrafts.name, name));
      return row && { revision: row.revision, body: row.body, updatedAt: row.updatedAt.toISOString() };
    },
    /**
     * Stores a draft in place of the one that was read, and resolves to its revision.
     * @param replaces the revision that was read; 0 where there was none.
     * @throws GatewayError `conflict` when another one has been saved, published or discarded since.
     */
    saveDraft: (name: string, body: unknown, replaces: number): Promise<number> =>
      saveDraft(database, { name, body, replaces }),
    /** @throws GatewayError `conflict` as `saveDraft`. */
    async discardDraft(name: string, revision: number): Promise<void> {
      if (!(await endDraft(orm, name, revision))) throw conflict(name);
    },
    /**
     * Stores a version with its cases and ends the draft it was made of, all or nothing.
     * @throws GatewayError `conflict` when somebody has published or changed the draft since it was read.
     */
    publish: (input: PublishInput): Promise<void> => publishVersion(database, input),
  };
}

// One parameter, however many there are: a statement takes 65,535 at most.
const isOneOf = (hashes: readonly string[]) => sql`${benchmarkCases.hash} = any(${sql.param([...hashes])}::text[])`;

type Queries = Pick<Database['orm'], 'insert' | 'delete' | 'execute'>;

const conflict = (name: string): GatewayError =>
  new GatewayError(
    'conflict',
    `somebody else has changed or published the draft of '${name}' meanwhile: nothing was stored. Look at it and try again.`,
  );

async function listBenchmarks({ orm }: Database): Promise<BenchmarkSummary[]> {
  const latest = orm
    .selectDistinctOn([benchmarkVersions.name])
    .from(benchmarkVersions)
    .orderBy(benchmarkVersions.name, desc(benchmarkVersions.version))
    .as('latest');
  const rows = await orm
    .select({
      name: benchmarks.name,
      version: latest.version,
      hash: latest.hash,
      cases: sql<number>`jsonb_array_length(${latest.body}->'cases')`,
      publishedBy: sql<string>`${latest.body}->>'publishedBy'`,
      publishedAt: sql<string>`${latest.body}->>'publishedAt'`,
      hasDraft: sql<boolean>`${benchmarkDrafts.name} is not null`,
    })
    .from(benchmarks)
    .leftJoin(latest, eq(latest.name, benchmarks.name))
    .leftJoin(benchmarkDrafts, eq(benchmarkDrafts.name, benchmarks.name))
    .orderBy(benchmarks.name);
  return rows.map(({ name, hasDraft, version, hash, ...rest }) => ({
    name,
    hasDraft,
    latest: version === null || hash === null ? undefined : { version, hash, ...rest },
  }));
}

async function saveDraft(
  { orm }: Database,
  { name, body, replaces }: { name: string; body: unknown; replaces: number },
): Promise<number> {
  return orm.transaction(async (tx) => {
    await tx.insert(benchmarks).values({ name }).onConflictDoNothing();
    const [saved] =
      replaces === 0
        ? await tx.insert(benchmarkDrafts).values({ name, body }).onConflictDoNothing().returning()
        : await tx
            .update(benchmarkDrafts)
            .set({ body, revision: sql`nextval('benchmark_draft_revisions')`, updatedAt: sql`now()` })
            .where(and(eq(benchmarkDrafts.name, name), eq(benchmarkDrafts.revision, replaces)))
            .returning();
    if (saved === undefined) throw conflict(name);
    return saved.revision;
  });
}

async function endDraft(queries: Queries, name: string, revision: number): Promise<boolean> {
  const ended = await queries
    .delete(benchmarkDrafts)
    .where(and(eq(benchmarkDrafts.name, name), eq(benchmarkDrafts.revision, revision)))
    .returning({ name: benchmarkDrafts.name });
  return ended.length > 0;
}

async function publishVersion(database: Database, input: PublishInput): Promise<void> {
  const { version: body, cases, reason, review, draftRevision } = input;
  const { name, version, hash } = body;
  try {
    await database.orm.transaction(async (tx) => {
      await tx.insert(benchmarks).values({ name }).onConflictDoNothing();
      if (draftRevision !== undefined && !(await endDraft(tx, name, draftRevision))) throw conflict(name);
      await insertCases(tx, cases);
      await refuseMissingCases(tx, body);
      await tx.insert(benchmarkVersions).values({ name, version, hash, body, reason, review });
    });
  } catch (error) {
    if (errorCode(error) === UNIQUE_VIOLATION) throw conflict(name);
    throw error;
  }
}

async function insertCases(queries: Queries, cases: PublishInput['cases']): Promise<void> {
  // In one order: two that publish the same cases at once would else wait for each other.
  const sorted = cases.toSorted((a, b) => (a.hash < b.hash ? -1 : 1));
  for (let start = 0; start < sorted.length; start += CASES_AT_ONCE)
    await queries
      .insert(benchmarkCases)
      .values(sorted.slice(start, start + CASES_AT_ONCE).map(({ hash, body }) => ({ hash, body })))
      .onConflictDoNothing();
}

async function refuseMissingCases(
  queries: Pick<Database['orm'], 'select'>,
  { name, version, cases }: BenchmarkVersion,
): Promise<void> {
  const hashes = [...new Set(cases.map(({ hash }) => hash))];
  const rows = await queries.select({ hash: benchmarkCases.hash }).from(benchmarkCases).where(isOneOf(hashes));
  if (rows.length < hashes.length)
    throw new Error(
      `${hashes.length - rows.length} cases of ${name}@${version} are stored nowhere: nothing was stored.`,
    );
}
