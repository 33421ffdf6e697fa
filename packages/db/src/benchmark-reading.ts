import type { Database } from './open-database.ts';
import { isSeenBy } from './seen-cases.ts';

/** A published version without its cases; the review as it was stored. */
export type VersionHead = {
  name: string;
  version: number;
  hash: string;
  cases: number;
  /** By action: `add`, `change`, `retire`. */
  changes: Readonly<Record<string, number>>;
  publishedBy: string;
  publishedAt: string;
  reason: string;
  review: unknown;
};

export type DraftHead = {
  name: string;
  base: number;
  status: string;
  edits: number;
  authors: string[];
  updatedAt: string;
};

/** Cases of a version. `seenBy`: without other clients' production cases; undefined for whoever sees all. */
export type CaseQuery = { name: string; version: number; seenBy: string | undefined };
export type CaseFilter = {
  domain?: string | undefined;
  task?: string | undefined;
  language?: string | undefined;
  difficulty?: string | undefined;
  origin?: string | undefined;
  /** Words in the id, the messages or the reference. */
  search?: string | undefined;
  limit: number;
  offset: number;
};

/** Case bodies are as they were stored, unvalidated. */
export type StoredCase = { id: string; hash: string; body: unknown };

/** How many cases have each value of a property. */
export type CaseCount = { property: string; value: string; cases: number };

// What the cases of `$1`, version `$2`, are listed from; `$3` is the client who looks.
const LISTED = `from benchmark_versions v
  cross join lateral rows from (jsonb_to_recordset(v.body->'cases') as (id text, hash text)) with ordinality as c(id, hash, place)
  join benchmark_cases b on b.hash = c.hash
  where v.name = $1 and v.version = $2 and ${isSeenBy('b.body', '$3')}`;

const MATCHES = `and ($4::text is null or b.body->>'domain' = $4) and ($5::text is null or b.body->>'task' = $5)
  and ($6::text is null or b.body->>'language' = $6) and ($7::text is null or b.body->>'difficulty' = $7)
  and ($8::text is null or b.body->'provenance'->>'kind' = $8)
  and ($9::text is null or strpos(lower(concat_ws(' ', c.id, b.body->>'reference',
    (select string_agg(m->>'content', ' ') from jsonb_array_elements(b.body->'messages') as m))), lower($9)) > 0)`;

/** Benchmarks as people browse them: heads of versions, pages of cases. What changes them is in `benchmarks`. */
export function benchmarkReadingRepository(database: Database) {
  const { pool } = database;
  return {
    /** All published versions by name, the newest first. */
    versions: (): Promise<VersionHead[]> => readVersions(database),
    async drafts(): Promise<DraftHead[]> {
      const { rows } = await pool.query<Omit<DraftHead, 'updatedAt'> & { updated_at: Date }>(
        `select name, (body->>'base')::integer as base, body->>'status' as status,
           jsonb_array_length(body->'edits') as edits, body->'authors' as authors, updated_at
         from benchmark_drafts order by name`,
      );
      return rows.map(({ updated_at, ...draft }) => ({ ...draft, updatedAt: updated_at.toISOString() }));
    },
    /** A page of the cases that match, in the order of the version. */
    async cases(query: CaseQuery, filter: CaseFilter): Promise<{ cases: StoredCase[]; total: number }> {
      const wanted = [...parametersOf(query), ...matchesOf(filter)];
      const [page, count] = await Promise.all([
        pool.query<StoredCase>(
          `select c.id, c.hash, b.body ${LISTED} ${MATCHES} order by c.place limit $10 offset $11`,
          [...wanted, filter.limit, filter.offset],
        ),
        pool.query<{ total: number }>(`select count(*)::integer as total ${LISTED} ${MATCHES}`, wanted),
      ]);
      return { cases: page.rows, total: count.rows[0]?.total ?? 0 };
    },
    /** One case; undefined when the version has none of this id, or not for whoever looks. */
    async case(query: CaseQuery, id: string): Promise<StoredCase | undefined> {
      const { rows } = await pool.query<StoredCase>(`select c.id, c.hash, b.body ${LISTED} and c.id = $4`, [
        ...parametersOf(query),
        id,
      ]);
      return rows[0];
    },
    /** By domain, task, language, difficulty and origin, with `reference` and `checks` for those that have them. */
    counts: (query: CaseQuery): Promise<CaseCount[]> => countCases(database, query),
    /** Hashes of the version's cases that this client may not see. */
    async hidden({ seenBy, ...query }: CaseQuery): Promise<ReadonlySet<string>> {
      if (seenBy === undefined) return new Set();
      const { rows } = await pool.query<{ hash: string }>(
        `select c.hash from benchmark_versions v
         cross join lateral jsonb_to_recordset(v.body->'cases') as c(hash text)
         join benchmark_cases b on b.hash = c.hash
         where v.name = $1 and v.version = $2 and not ${isSeenBy('b.body', '$3')}`,
        parametersOf({ ...query, seenBy }),
      );
      return new Set(rows.map(({ hash }) => hash));
    },
  };
}

const parametersOf = ({ name, version, seenBy }: CaseQuery) => [name, version, seenBy ?? null];
const matchesOf = ({ domain, task, language, difficulty, origin, search }: CaseFilter) =>
  [domain, task, language, difficulty, origin, search].map((value) => value ?? null);

async function readVersions({ pool }: Database): Promise<VersionHead[]> {
  const { rows } = await pool.query<
    Omit<VersionHead, 'changes' | 'publishedBy' | 'publishedAt'> & {
      changes: Record<string, number> | null;
      published_by: string;
      published_at: string;
    }
  >(
    `select name, version, hash, reason, review, jsonb_array_length(body->'cases') as cases,
       body->>'publishedBy' as published_by, body->>'publishedAt' as published_at,
       (select jsonb_object_agg(action, cases) from (
         select change->>'action' as action, count(*) as cases from jsonb_array_elements(body->'changes') as change
         group by 1) as counted) as changes
     from benchmark_versions order by name, version desc`,
  );
  return rows.map(({ published_by, published_at, changes, ...head }) => ({
    ...head,
    changes: changes ?? {},
    publishedBy: published_by,
    publishedAt: published_at,
  }));
}

async function countCases({ pool }: Database, query: CaseQuery): Promise<CaseCount[]> {
  const { rows } = await pool.query<CaseCount>(
    `select property, value, count(*)::integer as cases from (
       select b.body ${LISTED}
     ) as listed cross join lateral (values
       ('domain', body->>'domain'), ('task', body->>'task'), ('language', body->>'language'),
       ('difficulty', body->>'difficulty'), ('origin', body->'provenance'->>'kind'),
       ('reference', case when body ? 'reference' then 'yes' else 'no' end),
       ('checks', case when jsonb_array_length(body->'checks') > 0 then 'yes' else 'no' end)
     ) as properties(property, value) group by 1, 2 order by 1, 3 desc, 2`,
    parametersOf(query),
  );
  return rows;
}
