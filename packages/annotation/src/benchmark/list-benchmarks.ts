import type { Review } from '@pointsman/benchmark';
import {
  type BenchmarkList,
  type CaseCounts,
  GatewayError,
  type ListedBenchmark,
  type ListedVersion,
  type VersionDetail,
} from '@pointsman/contracts';
import type { CaseCount, CaseQuery, DraftHead, Repositories, VersionHead } from '@pointsman/db';

type Reading = Pick<Repositories, 'benchmarkReading'>;

/** Every benchmark with its versions, newest first, and its draft. */
export async function listBenchmarks({ benchmarkReading }: Reading): Promise<BenchmarkList> {
  const [heads, drafts] = await Promise.all([benchmarkReading.versions(), benchmarkReading.drafts()]);
  const names = [...new Set([...heads, ...drafts].map(({ name }) => name))].toSorted();
  const data = names.map((name) => {
    const draft = drafts.find((one) => one.name === name);
    return {
      name,
      versions: heads.filter((head) => head.name === name).map(listedVersion),
      ...(draft !== undefined && { draft: listedDraft(draft) }),
    };
  });
  return { data };
}

/**
 * One version with what it covers.
 * @throws {GatewayError} `not_found`.
 */
export async function readVersion({ benchmarkReading }: Reading, query: CaseQuery): Promise<VersionDetail> {
  const [heads, counted] = await Promise.all([benchmarkReading.versions(), benchmarkReading.counts(query)]);
  const head = heads.find(({ name, version }) => name === query.name && version === query.version);
  if (head === undefined) throw noVersion(query);
  const counts = caseCounts(counted);
  return { name: query.name, ...listedVersion(head), cases: counts.cases, counts };
}

export const noVersion = ({ name, version }: { name: string; version: number }): GatewayError =>
  new GatewayError('not_found', `There is no ${name}@${version}.`);

const listedDraft = ({
  base,
  status,
  edits,
  authors,
  updatedAt,
}: DraftHead): NonNullable<ListedBenchmark['draft']> => ({
  base,
  status,
  edits,
  authors,
  updatedAt,
});

function listedVersion(head: VersionHead): ListedVersion {
  const { changes, review, version, hash, cases, publishedBy, publishedAt, reason } = head;
  // Written by publishing alone.
  const approval = (review as Review | null) ?? undefined;
  return {
    version,
    hash,
    cases,
    publishedBy,
    publishedAt,
    reason,
    changes: { added: changes.add ?? 0, changed: changes.change ?? 0, retired: changes.retire ?? 0 },
    ...(approval !== undefined && {
      approval: {
        by: approval.by,
        at: approval.at,
        ownWork: approval.override,
        ...(approval.reason !== undefined && { reason: approval.reason }),
      },
    }),
  };
}

function caseCounts(counted: readonly CaseCount[]): CaseCounts {
  const of = (property: string) =>
    Object.fromEntries(
      counted.filter((one) => one.property === property).map(({ value, cases }): [string, number] => [value, cases]),
    );
  const domain = of('domain');
  return {
    cases: Object.values(domain).reduce((sum, cases) => sum + cases, 0),
    domain,
    task: of('task'),
    language: of('language'),
    difficulty: of('difficulty'),
    origin: of('origin'),
    withReference: of('reference').yes ?? 0,
    withChecks: of('checks').yes ?? 0,
  };
}
