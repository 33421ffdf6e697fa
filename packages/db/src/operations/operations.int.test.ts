import type { RunSpec } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '../testing/use-test-database.ts';

const test = useTestDatabase();
const facts = { rssBytes: 1, heapUsedBytes: 1, eventLoopLagMs: 0.5 };
const gateway = { id: 'g1', kind: 'gateway' as const, version: '0.1.0', startedAt: '2026-11-01T00:00:00.000Z', facts };

describe('nodes', () => {
  const nodes = () => test.repositories().nodes;

  it('are known by their latest beat until they leave', async () => {
    await nodes().beat({ ...gateway, id: 'w1', kind: 'worker' });
    await nodes().beat(gateway);
    await nodes().beat({ ...gateway, facts: { ...facts, rssBytes: 2 } });
    const [first, second] = await nodes().list();
    expect(first).toMatchObject({ ...gateway, facts: { ...facts, rssBytes: 2 } });
    expect(first?.silentMs).toBeLessThan(5_000);
    expect(second?.id).toBe('w1');
    await nodes().leave('w1');
    expect((await nodes().list()).map(({ id }) => id)).toEqual(['g1']);
  });

  it('tell how long they have been silent, and are forgotten after a day', async () => {
    await nodes().beat({ ...gateway, id: 'silent' });
    await nodes().beat({ ...gateway, id: 'forgotten' });
    const { pool } = test.get().database;
    await pool.query(`update nodes set beat_at = now() - interval '1 hour' where id = 'silent'`);
    await pool.query(`update nodes set beat_at = now() - interval '25 hours' where id = 'forgotten'`);
    await nodes().beat(gateway);
    const listed = await nodes().list();
    expect(listed.find(({ id }) => id === 'silent')?.silentMs).toBeGreaterThan(3_599_000);
    expect(listed.map(({ id }) => id)).not.toContain('forgotten');
  });
});

describe('the queues', () => {
  const spec: RunSpec = {
    benchmark: { name: 'starter', version: 3, hash: 'a'.repeat(64) },
    contestants: [{ model: 'acme/alpha' }, { model: 'acme/beta' }],
    judge: { model: 'acme/judge', promptHash: 'p', rubrics: {}, samples: 5, temperature: 0.7, hash: 'j' },
    maxOutputTokens: 2048,
    replicate: 0,
    sequential: false,
    onboarding: false,
    comparison: { minEffect: 0.02, alpha: 0.05 },
    labels: {},
    maxCostNanoUsd: 1_000,
  };
  const items = ['one', 'two'].map((caseId, position) => ({ contestant: 0, caseId, caseHash: 'h', position }));

  it('show what is under way of a run, and the newest of those that ended', async () => {
    const { evaluationRuns: runs, evaluationCalls: calls, queues } = test.repositories();
    const { id } = await runs.create({ spec, emulated: true, items });
    const queued = await runs.create({ spec: { ...spec, maxCostNanoUsd: undefined }, emulated: true, items: [] });
    const ended = await runs.create({ spec, emulated: true, items });
    await runs.start(id);
    await runs.end(ended.id, 'stopped', 'no key');
    const call = {
      runId: id,
      purpose: 'reply' as const,
      modelId: 'acme/alpha',
      holder: 'w',
      leaseMs: 60_000,
      reserveNanoUsd: 100,
    };
    await calls.claim({ ...call, key: Buffer.alloc(32, 1) });
    await calls.claim({ ...call, key: Buffer.alloc(32, 2), leaseMs: 0 });
    await test
      .get()
      .database.pool.query(
        `update evaluation_items set item = '{}', done_at = now() - $2::interval where run_id = $1 and case_id = 'one'`,
        [id, '1 hour'],
      );
    const shown = await queues.runs(1);
    expect(shown.map((run) => [run.id, run.status])).toEqual([
      [queued.id, 'queued'],
      [id, 'running'],
      [ended.id, 'stopped'],
    ]);
    expect(shown[1]).toMatchObject({
      benchmark: { name: 'starter', version: 3 },
      contestants: ['acme/alpha', 'acme/beta'],
      judge: 'acme/judge',
      items: { total: 2, done: 1, doneLately: 0 },
      callsInFlight: 1,
      workers: 1,
      reservedNanoUsd: 200,
      maxCostNanoUsd: 1_000,
    });
    expect(shown[0]?.maxCostNanoUsd).toBeUndefined();
    expect(shown[2]?.why).toBe('no key');
    expect(await queues.runs(0)).toHaveLength(2);
  });

  it('count the annotation queue of the open batches', async () => {
    const { pool } = test.get().database;
    const hash = 'a'.repeat(64);
    const batch = async (state: string) => {
      const { rows } = await pool.query<{ id: string }>(
        `insert into annotation_batches (title, guidelines, state, source, plans, raters, target_ceiling, gold_share,
           reservation_minutes, disagreement, created_by, created_at)
         values ('t', '', $1, '{}', '{}', 2, 0.8, 0, 30, 2, 'ann', now()) returning id`,
        [state],
      );
      return rows[0]?.id;
    };
    const item = async (batchId: string | undefined, caseId: string, submitted: number, disputed: string[]) =>
      pool.query(
        `insert into annotation_items (batch_id, band, case_id, reply_hash, model, submitted, disputed)
         values ($1, 0, $2, $3, 'm', $4, $5)`,
        [batchId, caseId, hash, submitted, disputed],
      );
    const [open, closed] = [await batch('open'), await batch('closed')];
    await item(open, 'one', 2, ['tone']);
    await item(open, 'two', 1, []);
    await item(closed, 'three', 0, []);
    await pool.query(
      `insert into annotation_assignments (item_id, rater, state, dimensions, reserved_until)
       select id, 'ann', 'held', '{tone}', now() + interval '1 hour' from annotation_items where case_id = 'two'`,
    );
    const counts = { batches: 1, items: 2, itemsDone: 1, disputed: 1, held: 1 };
    expect(await test.repositories().queues.annotation()).toEqual(counts);
  });
});
