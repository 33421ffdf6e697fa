import type { BenchmarkCase, BenchmarkVersion } from '@pointsman/contracts';
import { canonicalJson } from './canonical-json.ts';

/** One value inside a case that differs: `messages[0].content`. Absent where the side has none. */
export type FieldChange = { path: string; before?: unknown; after?: unknown };

export type VersionDiff = {
  added: BenchmarkCase[];
  retired: BenchmarkCase[];
  changed: { id: string; fields: FieldChange[] }[];
  /** How many stand in both as they are. */
  unchanged: number;
};

type Cases = BenchmarkVersion['cases'];

/**
 * What became of version `a` in `b`, each in the order of its version.
 * @param caseOf the case of a hash; those of both versions.
 */
export function diffVersions(
  a: { cases: Cases },
  b: { cases: Cases },
  caseOf: (hash: string) => BenchmarkCase,
): VersionDiff {
  const before = new Map(a.cases.map(({ id, hash }) => [id, hash]));
  const after = new Map(b.cases.map(({ id, hash }) => [id, hash]));
  const common = b.cases.flatMap(({ id, hash }) => {
    const old = before.get(id);
    return old === undefined ? [] : [{ id, old, hash }];
  });
  const changed = common.filter(({ old, hash }) => old !== hash);
  return {
    added: b.cases.filter(({ id }) => !before.has(id)).map(({ hash }) => caseOf(hash)),
    retired: a.cases.filter(({ id }) => !after.has(id)).map(({ hash }) => caseOf(hash)),
    changed: changed.map(({ id, old, hash }) => ({ id, fields: diffFields(caseOf(old), caseOf(hash), '') })),
    unchanged: common.length - changed.length,
  };
}

function diffFields(before: unknown, after: unknown, path: string): FieldChange[] {
  if (before === undefined) return after === undefined ? [] : [{ path, after }];
  if (after === undefined) return [{ path, before }];
  if (Array.isArray(before) && Array.isArray(after)) {
    const indexes = Array.from({ length: Math.max(before.length, after.length) }, (_, index) => index);
    return indexes.flatMap((index) => diffFields(before[index], after[index], `${path}[${index}]`));
  }
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => diffFields(before[name], after[name], path === '' ? name : `${path}.${name}`));
  }
  return canonicalJson(before) === canonicalJson(after) ? [] : [{ path, before, after }];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
