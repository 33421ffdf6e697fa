import { diffVersions, type FieldChange, verifyCases } from '@pointsman/benchmark';
import type {
  BenchmarkCase,
  BenchmarkDiff,
  BenchmarkVersion,
  CaseChange,
  ShownFieldChange,
} from '@pointsman/contracts';
import type { CaseQuery, Repositories } from '@pointsman/db';
import { noVersion } from './list-benchmarks.ts';
import { caseChanges, versionsBetween } from './read-cases.ts';
import { listedCase } from './shown-case.ts';

export type VersionsToCompare = {
  name: string;
  from: number;
  to: number;
  seenBy: string | undefined;
  offset: number;
  limit: number;
};

type Cases = BenchmarkVersion['cases'];
type Difference = { action: CaseChange['action']; id: string };

/**
 * What became of one version in another: a page of cases that were added, changed, then retired.
 * @throws {GatewayError} `not_found` when one of them does not exist; {ContentMismatch} when one was tampered with.
 */
export async function compareVersions(
  repositories: Pick<Repositories, 'benchmarks' | 'benchmarkReading'>,
  { name, from, to, seenBy, offset, limit }: VersionsToCompare,
): Promise<BenchmarkDiff> {
  const span = { name, from: Math.min(from, to), to: Math.max(from, to) };
  const versions = await versionsBetween(repositories, span);
  const seen = async (version: number): Promise<Side> => {
    const query: CaseQuery = { name, version, seenBy };
    const found = versions.find((one) => one.version === version);
    if (found === undefined) throw noVersion(query);
    const hidden = await repositories.benchmarkReading.hidden(query);
    return { name, version, cases: found.cases.filter(({ hash }) => !hidden.has(hash)) };
  };
  const [before, after] = await Promise.all([seen(from), seen(to)]);
  const differences = differencesOf(before.cases, after.cases);
  const page = differences.slice(offset, offset + limit);
  const count = (action: Difference['action']) => differences.filter((one) => one.action === action).length;
  const [added, changed, retired] = [count('added'), count('changed'), count('retired')];
  const data = await detailsOf(page, { before, after, benchmarks: repositories.benchmarks });
  const changes = caseChanges(versions.filter(({ version }) => version > from && version <= to));
  return {
    from,
    to,
    added,
    changed,
    retired,
    unchanged: after.cases.length - added - changed,
    data: data.map((one) => ({ ...one, ...optional('change', changes.get(one.id)?.at(-1)) })),
  };
}

/** Which cases differ: added and changed ones in the order of the later list, then those that are gone. */
export function differencesOf(before: Cases, after: Cases): Difference[] {
  const old = new Map(before.map(({ id, hash }) => [id, hash]));
  const kept = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap(({ id }): Difference[] => (old.has(id) ? [] : [{ action: 'added', id }])),
    ...after.flatMap(({ id, hash }): Difference[] =>
      old.has(id) && old.get(id) !== hash ? [{ action: 'changed', id }] : [],
    ),
    ...before.flatMap(({ id }): Difference[] => (kept.has(id) ? [] : [{ action: 'retired', id }])),
  ];
}

type Side = Pick<BenchmarkVersion, 'name' | 'version' | 'cases'>;
type Sides = { before: Side; after: Side; benchmarks: Repositories['benchmarks'] };

/** Only the cases of the page are read, however far two versions lie apart. */
async function detailsOf(page: readonly Difference[], { before, after, benchmarks }: Sides) {
  const ids = new Set(page.map(({ id }) => id));
  const ofPage = (side: Side): Side => ({ ...side, cases: side.cases.filter(({ id }) => ids.has(id)) });
  const sides = [ofPage(before), ofPage(after)] as const;
  const bodies = await benchmarks.cases(sides.flatMap(({ cases }) => cases.map(({ hash }) => hash)));
  const known = new Map(
    sides.flatMap((side) =>
      verifyCases(side, bodies).map((one, index) => [side.cases[index]?.hash ?? '', one] as const),
    ),
  );
  const caseOf = (hash: string): BenchmarkCase => {
    const found = known.get(hash);
    if (found === undefined) throw new Error(`no case has the hash ${hash}`);
    return found;
  };
  const fields = new Map(diffVersions(...sides, caseOf).changed.map((one) => [one.id, one.fields.map(shownChange)]));
  return page.map(({ action, id }) => {
    const { cases } = action === 'retired' ? sides[0] : sides[1];
    const hash = cases.find((one) => one.id === id)?.hash ?? '';
    return { ...listedCase(caseOf(hash), hash), action, fields: fields.get(id) ?? [] };
  });
}

const shownChange = ({ path, before, after }: FieldChange): ShownFieldChange => ({
  path,
  ...optional('before', valueText(before)),
  ...optional('after', valueText(after)),
});

const valueText = (value: unknown): string | undefined =>
  typeof value === 'string' || value === undefined ? value : JSON.stringify(value, undefined, 2);

const optional = <Name extends string, Value>(name: Name, value: Value | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { [K in Name]?: Value };
