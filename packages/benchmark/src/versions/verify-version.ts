import {
  type BenchmarkCase,
  type BenchmarkVersion,
  benchmarkCaseSchema,
  benchmarkVersionSchema,
} from '@pointsman/contracts';
import { z } from 'zod';
import { contentHash, versionHash } from './content-hash.ts';

/** Content that is not what its hash says: somebody changed it where it is stored. */
export class ContentMismatch extends Error {
  constructor(what: string, expected: string, found: string) {
    super(
      `${what} is not what was published: its content has the hash ${found.slice(0, 12)}, not ${expected.slice(0, 12)}. Restore the stored benchmark from a backup.`,
    );
    this.name = 'ContentMismatch';
  }
}

/**
 * The version, once its hash is found to be that of its content. Done on every read.
 * @throws {ContentMismatch} when it is not.
 */
export function verifyVersion(stored: unknown): BenchmarkVersion {
  const version = benchmarkVersionSchema.parse(stored);
  const found = versionHash(version);
  if (found !== version.hash) throw new ContentMismatch(`${version.name}@${version.version}`, version.hash, found);
  return version;
}

/**
 * A version's cases in order, from what is stored under their hashes, each checked against its own.
 * @throws {ContentMismatch} when one is not what its hash says; {Error} when one is missing or unreadable.
 */
export function verifyCases(
  { name, version, cases }: Pick<BenchmarkVersion, 'name' | 'version' | 'cases'>,
  stored: ReadonlyMap<string, unknown>,
): BenchmarkCase[] {
  return cases.map(({ id, hash }) => {
    const what = `the case '${id}' of ${name}@${version}`;
    const body = stored.get(hash);
    if (body === undefined) throw new Error(`${what} is not stored: nothing has the hash ${hash.slice(0, 12)}.`);
    // Before parsing: a default that a later schema adds is no change of what was published.
    const found = contentHash(body);
    if (found !== hash) throw new ContentMismatch(what, hash, found);
    const parsed = benchmarkCaseSchema.safeParse(body);
    if (!parsed.success) throw new Error(`${what} was written by another version: ${z.prettifyError(parsed.error)}`);
    return parsed.data;
  });
}
