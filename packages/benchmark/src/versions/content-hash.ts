import { createHash } from 'node:crypto';
import type { BenchmarkCase, BenchmarkVersion } from '@pointsman/contracts';
import { canonicalJson } from './canonical-json.ts';

/** SHA-256, hex, of the canonical JSON of a value: its name wherever content is stored. */
export const contentHash = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');

/** What a case is known by: every field counts, its id too. */
export const caseHash = (benchmarkCase: BenchmarkCase): string => contentHash(benchmarkCase);

/** What a version is known by: name, number, and which cases in which order. Who published it when does not count. */
export const versionHash = ({ name, version, cases }: Pick<BenchmarkVersion, 'name' | 'version' | 'cases'>): string =>
  contentHash({ name, version, cases: cases.map(({ id, hash }) => ({ id, hash })) });
