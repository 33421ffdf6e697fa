import { describe, expect, it } from 'vitest';
import { sampleDecision } from '../testing/sample-decision.ts';
import { useTestDatabase } from '../testing/use-test-database.ts';

const test = useTestDatabase();
const NOON = Date.UTC(2026, 10, 21, 12);
const BATCHES = 10;
const BATCH_SIZE = 500;

describe('the cost of keeping decisions', () => {
  it('is at most 1.25 kB a row with eight scored candidates, indexes included', async () => {
    const { decisions, partitions } = test.repositories();
    await decisions.insertBatch([sampleDecision(NOON - 1)]);
    const batches = Array.from({ length: BATCHES }, (_, batch) =>
      Array.from({ length: BATCH_SIZE }, (_, index) =>
        sampleDecision(NOON + batch * BATCH_SIZE + index, { clientId: `cli_${String(index % 320).padStart(32, '0')}` }),
      ),
    );
    const started = performance.now();
    for (const batch of batches) await decisions.insertBatch(batch, { nodeId: 'node' });
    const seconds = (performance.now() - started) / 1000;
    const rows = BATCHES * BATCH_SIZE;
    const [partition] = (await partitions.list()).filter(({ day }) => day === '2026-11-21');
    const bytesPerRow = (partition?.bytes ?? Number.NaN) / rows;
    const { rows: heap } = await test
      .get()
      .database.pool.query<{ bytes: string }>(`select pg_relation_size('decisions_20261121') as bytes`);
    process.stderr.write(
      `decisions: ${Math.round(rows / seconds)} rows/s, ${Math.round(bytesPerRow)} bytes/row with indexes, ` +
        `${Math.round(Number(heap[0]?.bytes) / rows)} without\n`,
    );
    expect(bytesPerRow).toBeLessThan(1250);
    // 1.2 million requests a day are 14 a second; a busy test machine must still manage a day's peak many times over.
    expect(rows / seconds).toBeGreaterThan(300);
  });
});
