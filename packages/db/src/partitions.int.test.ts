import { describe, expect, it } from 'vitest';
import { sampleDecision } from './testing/sample-decision.ts';
import { useTestDatabase } from './testing/use-test-database.ts';

const test = useTestDatabase();
const DAY_MS = 86_400_000;

async function databaseBytes(): Promise<number> {
  const { rows } = await test
    .get()
    .database.pool.query<{ bytes: string }>('select pg_database_size(current_database()) as bytes');
  return Number(rows[0]?.bytes);
}

describe('partitions', () => {
  it('are made ahead, each once, even by many at once', async () => {
    const { partitions } = test.repositories();
    const made = await Promise.all(Array.from({ length: 5 }, () => partitions.ensure('2028-02-27', 4)));
    expect(made.flat().sort()).toEqual(['2028-02-27', '2028-02-28', '2028-02-29', '2028-03-01']);
    expect(await partitions.ensure('2028-02-29', 1)).toEqual([]);
  });

  it('give their disk back when they are dropped, and leave the usage', async () => {
    const { partitions, decisions } = test.repositories();
    const at = Date.UTC(2025, 0, 1);
    await partitions.ensure('2025-01-01', 3);
    const empty = await databaseBytes();
    const batch = Array.from({ length: 1500 }, (_, index) =>
      sampleDecision(at + index * 1000, { clientId: 'cli_disk' }),
    );
    await decisions.insertBatch(batch);
    const full = await databaseBytes();
    expect(full - empty).toBeGreaterThan(1_000_000);
    const [first] = batch;
    expect(await partitions.dropBefore('2025-01-02')).toEqual(['decisions_20250101']);
    expect(full - (await databaseBytes())).toBeGreaterThan(0.9 * (full - empty));
    expect(first && (await decisions.get(first.id))).toBeUndefined();
    const usage = await decisions.usage({ clientId: 'cli_disk', from: '2025-01-01', to: '2025-01-02', by: [] });
    expect(usage).toMatchObject([{ requests: 1500 }]);
    expect((await partitions.list()).map(({ day }) => day)).toEqual(
      expect.arrayContaining(['2025-01-02', '2025-01-03']),
    );
  });

  it('come back when a late record needs one that another gateway has dropped', async () => {
    const { partitions, decisions } = test.repositories();
    const at = Date.UTC(2023, 0, 1);
    await decisions.insertBatch([sampleDecision(at)]);
    await partitions.dropBefore('2023-01-02');
    expect(await decisions.insertBatch([sampleDecision(at + 1)])).toEqual({ inserted: 1, rejected: [] });
  });

  it('that are being read are left for the next call, and inserts do not wait for them', async () => {
    const { partitions, decisions } = test.repositories();
    const at = Date.UTC(2022, 0, 1);
    await decisions.insertBatch([sampleDecision(at), sampleDecision(at + DAY_MS)]);
    const reader = await test.get().database.pool.connect();
    await reader.query('begin');
    await reader.query('select count(*) from decisions_20220101');
    expect(await partitions.dropBefore('2022-01-02')).toEqual([]);
    await reader.query('rollback');
    reader.release();
    expect(await partitions.dropBefore('2022-01-02')).toEqual(['decisions_20220101']);
  });
});
