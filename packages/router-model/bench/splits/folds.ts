import type { Pool, PoolRow } from '../data/pool.ts';

/** Rows to learn from and rows to be measured on; no near-duplicate stands on both sides. */
export type Fold = { name: string; train: PoolRow[]; test: PoolRow[] };

/** Which of some parts a near-duplicate group belongs to; different salts give independent partitions. */
export function partOf(group: number, parts: number, salt: number): number {
  const mixed = Math.imul(group ^ Math.imul(salt + 1, 0x9e3779b1), 0x85ebca6b);
  return ((mixed ^ (mixed >>> 15)) >>> 0) % parts;
}

/** Cross-validation by near-duplicate group. */
export function groupFolds(pool: Pool, folds: number, seed: number): Fold[] {
  return foldsBy(
    pool,
    Array.from({ length: folds }, (_, k) => `fold ${k + 1}`),
    ({ group }) => partOf(group, folds, seed),
  );
}

/** Every domain in turn unseen; beyond `most` folds, the smaller domains are left out together. */
export function domainFolds(pool: Pool, most: number): Fold[] {
  return labelFolds(pool, most, ({ row }) => row.domain ?? row.source);
}

/** Every source in turn unseen. */
export function sourceFolds(pool: Pool): Fold[] {
  return labelFolds(pool, Number.POSITIVE_INFINITY, ({ row }) => row.source);
}

function labelFolds(pool: Pool, most: number, labelOf: (row: PoolRow) => string): Fold[] {
  const sizes = [...Map.groupBy(pool.rows, labelOf)].map(([label, rows]) => ({ label, size: rows.length }));
  const count = Math.min(most, sizes.length);
  const bins = Array.from({ length: count }, () => ({ labels: [] as string[], size: 0 }));
  for (const { label, size } of sizes.sort((a, b) => b.size - a.size)) {
    const lightest = bins.reduce((a, b) => (b.size < a.size ? b : a));
    lightest.labels.push(label);
    lightest.size += size;
  }
  const binOf = new Map(bins.flatMap(({ labels }, bin) => labels.map((label) => [label, bin] as const)));
  const names = bins.map(({ labels }) =>
    labels.length === 1 ? (labels[0] ?? '') : `${labels[0]} and ${labels.length - 1} more`,
  );
  return foldsBy(pool, names, (row) => binOf.get(labelOf(row)) ?? 0);
}

function foldsBy(pool: Pool, names: readonly string[], foldOf: (row: PoolRow) => number): Fold[] {
  return names
    .map((name, fold) => {
      const test = pool.rows.filter((row) => foldOf(row) === fold);
      const tested = new Set(test.map(({ group }) => group));
      return { name, test, train: pool.rows.filter((row) => foldOf(row) !== fold && !tested.has(row.group)) };
    })
    .filter(({ train, test }) => train.length > 0 && test.length > 0);
}

/** Splits training rows into those to fit on and a quarter to set the trade-off on. */
export function tuningSplit(train: readonly PoolRow[], seed: number): { fit: PoolRow[]; tune: PoolRow[] } {
  const isTuned = ({ group }: PoolRow): boolean => partOf(group, 4, seed + 7_919) === 0;
  return { fit: train.filter((row) => !isTuned(row)), tune: train.filter(isTuned) };
}
