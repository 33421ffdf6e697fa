import { verifyCases, verifyVersion } from '@pointsman/benchmark';
import {
  type BenchmarkCase,
  type BenchmarkChange,
  type BenchmarkVersion,
  type CaseChange,
  type CaseDetail,
  type CasePage,
  GatewayError,
} from '@pointsman/contracts';
import type { CaseFilter, CaseQuery, Repositories, StoredCase } from '@pointsman/db';
import { noVersion } from './list-benchmarks.ts';
import { listedCase, shownCase } from './shown-case.ts';

type Sources = Pick<Repositories, 'benchmarks' | 'benchmarkReading'>;

/**
 * A page of a version's cases, each checked against its hash.
 * @throws {GatewayError} `not_found` when there is no such version; {ContentMismatch} when one was tampered with.
 */
export async function listCases(
  { benchmarks, benchmarkReading }: Sources,
  query: CaseQuery,
  filter: CaseFilter,
): Promise<CasePage> {
  const { cases, total } = await benchmarkReading.cases(query, filter);
  if (total === 0 && (await benchmarks.version(query.name, query.version)) === undefined) throw noVersion(query);
  return { data: verified(query, cases).map((one, index) => listedCase(one, cases[index]?.hash ?? '')), total };
}

/**
 * One case with its history up to this version.
 * @throws {GatewayError} `not_found`; {ContentMismatch} when it was tampered with.
 */
export async function readCase(sources: Sources, query: CaseQuery, id: string): Promise<CaseDetail> {
  const stored = await sources.benchmarkReading.case(query, id);
  const [subject] = verified(query, stored === undefined ? [] : [stored]);
  if (stored === undefined || subject === undefined)
    throw new GatewayError('not_found', `There is no case '${id}' in ${query.name}@${query.version}.`);
  const versions = await versionsBetween(sources, { name: query.name, from: 1, to: query.version });
  return {
    benchmark: query.name,
    version: query.version,
    case: shownCase(subject, stored.hash),
    history: caseChanges(versions).get(id)?.toReversed() ?? [],
  };
}

/** The versions of a benchmark from one to another, oldest first, each checked. */
export async function versionsBetween(
  { benchmarks, benchmarkReading }: Sources,
  { name, from, to }: { name: string; from: number; to: number },
): Promise<BenchmarkVersion[]> {
  const heads = await benchmarkReading.versions();
  const wanted = heads.filter((head) => head.name === name && head.version >= from && head.version <= to).toReversed();
  const stored = await Promise.all(wanted.map(({ version }) => benchmarks.version(name, version)));
  return stored.flatMap((one) => (one === undefined ? [] : [verifyVersion(one.body)]));
}

const ACTIONS = { add: 'added', change: 'changed', retire: 'retired' } as const satisfies Record<
  BenchmarkChange['action'],
  CaseChange['action']
>;

/** What was done to each case, oldest first. */
export function caseChanges(versions: readonly BenchmarkVersion[]): Map<string, CaseChange[]> {
  const all = versions.flatMap(({ version, changes }) =>
    changes.map(({ caseId, action, author, reason, at }) => ({
      caseId,
      change: { version, action: ACTIONS[action], author, reason, at },
    })),
  );
  return new Map(
    [...Map.groupBy(all, ({ caseId }) => caseId)].map(([id, own]) => [id, own.map(({ change }) => change)]),
  );
}

/** The cases, parsed, in the order given. @throws {ContentMismatch} */
function verified(
  { name, version }: Pick<CaseQuery, 'name' | 'version'>,
  stored: readonly StoredCase[],
): BenchmarkCase[] {
  const cases = stored.map(({ id, hash }) => ({ id, hash }));
  return verifyCases({ name, version, cases }, new Map(stored.map(({ hash, body }) => [hash, body])));
}
