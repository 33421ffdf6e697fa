import {
  type BenchmarkReference,
  putCases,
  type Review,
  referenceText,
  startDraft,
  verifyCases,
  verifyVersion,
  versionAfter,
} from '@pointsman/benchmark';
import { type BenchmarkCase, type BenchmarkVersion, GatewayError } from '@pointsman/contracts';
import type { Repositories, StoredVersion } from '@pointsman/db';
import { starterCases } from './starter-cases.ts';

export type Benchmarks = Repositories['benchmarks'];

/** The benchmark that ships with the program. */
export const STARTER = 'starter';

export type PublishedVersion = { version: BenchmarkVersion; reason: string; review: Review | undefined };

/**
 * A published version, the latest where none is named, its hash checked. The starter benchmark is published when it is
 * first asked for.
 * @throws {GatewayError} `not_found` saying which versions there are; {ContentMismatch} when it was tampered with.
 */
export async function loadVersion(
  benchmarks: Benchmarks,
  reference: BenchmarkReference,
  now: () => number,
): Promise<PublishedVersion> {
  const found = await findVersion(benchmarks, reference, now);
  if (found !== undefined) return found;
  const latest = await findVersion(benchmarks, { ...reference, version: undefined }, now);
  throw new GatewayError(
    'not_found',
    latest === undefined
      ? `There is no published benchmark '${reference.name}': benchmark list shows those that there are.`
      : `There is no ${referenceText({ ...latest.version, version: reference.version ?? 0 })}: the latest is version ${latest.version.version}.`,
  );
}

/** The same; undefined when there is none. */
export async function findVersion(
  benchmarks: Benchmarks,
  { name, version }: BenchmarkReference,
  now: () => number,
): Promise<PublishedVersion | undefined> {
  const stored = await benchmarks.version(name, version);
  if (stored !== undefined) return verified(stored);
  if (name !== STARTER || !(await publishStarter(benchmarks, now))) return undefined;
  const published = await benchmarks.version(name, version);
  return published && verified(published);
}

/** The cases of a version in their order, each checked against its hash. */
export async function loadCases(benchmarks: Benchmarks, version: BenchmarkVersion): Promise<BenchmarkCase[]> {
  return verifyCases(version, await benchmarks.cases(version.cases.map(({ hash }) => hash)));
}

const verified = ({ body, reason, review }: StoredVersion): PublishedVersion => ({
  version: verifyVersion(body),
  reason,
  // Written by `publish` of this program alone.
  review: (review as Review | null) ?? undefined,
});

/** Publishes the starter benchmark; false when it is there already. */
export async function publishStarter(
  benchmarks: Benchmarks,
  now: () => number,
  shipped: () => Promise<BenchmarkCase[]> = starterCases,
): Promise<boolean> {
  if ((await benchmarks.version(STARTER)) !== undefined) return false;
  const signature = { author: 'Pointsman', reason: 'ships with Pointsman', at: new Date(now()).toISOString() };
  const cases = await shipped();
  const version = versionAfter(putCases(startDraft(STARTER, undefined), cases, signature), undefined, signature);
  const bodies = cases.map((body, index) => ({ hash: version.cases[index]?.hash ?? '', body }));
  try {
    await benchmarks.publish({ version, cases: bodies, reason: signature.reason });
  } catch (error) {
    // Another process asked for it first, and published the same.
    if (!(error instanceof GatewayError && error.code === 'conflict')) throw error;
  }
  return true;
}
