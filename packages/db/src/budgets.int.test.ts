import { randomInt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { LeaseRequest } from './budgets.ts';
import { openDatabase } from './open-database.ts';
import { repositories } from './repositories.ts';
import { sampleDecision } from './testing/sample-decision.ts';
import { useTestDatabase } from './testing/use-test-database.ts';

const test = useTestDatabase();
const NOW = Date.UTC(2026, 10, 21, 12);
const TTL_MS = 10_000;

const request = (clientId: string, changes: Partial<LeaseRequest> = {}): LeaseRequest => ({
  nodeId: 'node-1',
  clientId,
  window: 'day',
  windowStart: '2026-11-21',
  limitNanoUsd: 1_000,
  wantNanoUsd: 400,
  ttlMs: TTL_MS,
  now: NOW,
  ...changes,
});

const spending = (clientId: string, nanoUsd: number) =>
  sampleDecision(NOW, { clientId, cost: { status: 'exact', nanoUsd } });

describe('leases', () => {
  it('are granted until the limit is reached, and say what is left', async () => {
    const { budgets } = test.repositories();
    const grants = [];
    for (const nodeId of ['a', 'b', 'c', 'd']) grants.push(await budgets.lease(request('cli_limit', { nodeId })));
    expect(grants.map(({ grantedNanoUsd, remainingNanoUsd }) => [grantedNanoUsd, remainingNanoUsd])).toEqual([
      [400, 600],
      [400, 200],
      [200, 0],
      [0, 0],
    ]);
  });

  it('become spending when they are settled, in both windows', async () => {
    const { budgets, decisions } = test.repositories();
    await budgets.lease(request('cli_settle'));
    await decisions.insertBatch([spending('cli_settle', 150)], { nodeId: 'node-1' });
    expect(await budgets.status('cli_settle', NOW)).toMatchObject({
      day: { windowStart: '2026-11-21', spentNanoUsd: 150, leasedNanoUsd: 250, unknownCostCount: 0 },
      month: { windowStart: '2026-11-01', spentNanoUsd: 150, leasedNanoUsd: 0 },
    });
  });

  it('of other nodes are left alone by a settlement, and none falls below nothing', async () => {
    const { budgets, decisions } = test.repositories();
    await budgets.lease(request('cli_over', { wantNanoUsd: 100 }));
    await budgets.lease(request('cli_over', { wantNanoUsd: 300, nodeId: 'node-2' }));
    await decisions.insertBatch([spending('cli_over', 900)], { nodeId: 'node-1' });
    expect((await budgets.status('cli_over', NOW)).day).toMatchObject({ spentNanoUsd: 900, leasedNanoUsd: 300 });
    const refused = await budgets.lease(request('cli_over', { nodeId: 'node-3' }));
    expect(refused).toEqual({ grantedNanoUsd: 0, remainingNanoUsd: 0, spentNanoUsd: 900 });
  });

  it('of a node that died are taken back once they have expired', async () => {
    const { budgets } = test.repositories();
    await budgets.lease(request('cli_dead', { wantNanoUsd: 1_000 }));
    const early = await budgets.lease(request('cli_dead', { nodeId: 'node-2', now: NOW + TTL_MS - 1 }));
    expect(early.grantedNanoUsd).toBe(0);
    const late = await budgets.lease(request('cli_dead', { nodeId: 'node-2', now: NOW + TTL_MS }));
    expect(late).toEqual({ grantedNanoUsd: 400, remainingNanoUsd: 600, spentNanoUsd: 0 });
    expect(await budgets.renew('node-1', TTL_MS, NOW + TTL_MS)).toEqual([]);
  });

  it('live on when they are renewed', async () => {
    const { budgets } = test.repositories();
    const nodeId = 'node-renewing';
    await budgets.lease(request('cli_renew', { nodeId, wantNanoUsd: 700 }));
    expect(await budgets.renew(nodeId, TTL_MS, NOW + 9_000)).toEqual([
      { clientId: 'cli_renew', window: 'day', windowStart: '2026-11-21', remainingNanoUsd: 700 },
    ]);
    const other = await budgets.lease(request('cli_renew', { nodeId: 'node-2', now: NOW + 15_000 }));
    expect(other.grantedNanoUsd).toBe(300);
  });

  it('can be given back', async () => {
    const { budgets } = test.repositories();
    const { nodeId, window, windowStart } = request('cli_back');
    await budgets.lease(request('cli_back', { wantNanoUsd: 1_000 }));
    await budgets.release({ nodeId, clientId: 'cli_back', window, windowStart, nanoUsd: 400 });
    expect((await budgets.lease(request('cli_back', { nodeId: 'node-2', wantNanoUsd: 999 }))).grantedNanoUsd).toBe(400);
    await budgets.release({ nodeId, clientId: 'cli_back', window, windowStart, nanoUsd: 5_000 });
    expect((await budgets.status('cli_back', NOW)).day.leasedNanoUsd).toBe(400);
  });

  it('keep windows apart', async () => {
    const { budgets } = test.repositories();
    await budgets.lease(request('cli_windows', { wantNanoUsd: 1_000 }));
    const month = await budgets.lease(request('cli_windows', { window: 'month', windowStart: '2026-11-01' }));
    const tomorrow = await budgets.lease(request('cli_windows', { windowStart: '2026-11-22' }));
    expect([month.grantedNanoUsd, tomorrow.grantedNanoUsd]).toEqual([400, 400]);
  });
});

describe('a budget', () => {
  it('counts a cost that nobody knows, and spends nothing on it', async () => {
    const { budgets, decisions } = test.repositories();
    await decisions.insertBatch([sampleDecision(NOW, { clientId: 'cli_dark', cost: { status: 'unknown', why: '?' } })]);
    expect((await budgets.status('cli_dark', NOW)).month).toMatchObject({ spentNanoUsd: 0, unknownCostCount: 1 });
  });

  it('of a client that never spent is empty', async () => {
    const { budgets } = test.repositories();
    expect((await budgets.status('cli_new', NOW)).day).toEqual({
      windowStart: '2026-11-21',
      spentNanoUsd: 0,
      leasedNanoUsd: 0,
      unknownCostCount: 0,
    });
  });

  it('is never exceeded by twenty nodes that lease, spend, renew and die at once', async () => {
    const clientId = 'cli_race';
    const limitNanoUsd = 20_000;
    const database = openDatabase({ url: test.get().url, poolSize: 12 });
    const { budgets, decisions } = repositories(database);
    let clock = NOW;
    let watching = true;
    const exceeded: number[] = [];
    const watch = async () => {
      while (watching) {
        // One statement, one snapshot; leases that have expired count, which only makes the check stricter.
        const { rows } = await database.pool.query<{ held: string }>(
          `select (select coalesce(sum(spent_nano_usd), 0) from budget_windows where client_id = $1 and window_kind = 'day')
             + (select coalesce(sum(remaining_nano_usd), 0) from budget_leases where client_id = $1 and window_kind = 'day')
             as held`,
          [clientId],
        );
        const held = Number(rows[0]?.held);
        if (held > limitNanoUsd) exceeded.push(held);
      }
    };
    const node = async (nodeId: string) => {
      for (let turn = 0; turn < 15; turn += 1) {
        clock += 50;
        const { grantedNanoUsd } = await budgets.lease(
          request(clientId, { nodeId, limitNanoUsd, wantNanoUsd: randomInt(50, 400), ttlMs: 2_000, now: clock }),
        );
        if (grantedNanoUsd > 0) {
          await decisions.insertBatch([spending(clientId, randomInt(0, grantedNanoUsd + 1))], { nodeId });
        }
        if (turn % 5 === 4) await budgets.renew(nodeId, 2_000, clock);
      }
    };
    const watcher = watch();
    await Promise.all(Array.from({ length: 20 }, (_, index) => node(`node-${index}`)));
    watching = false;
    await watcher;
    expect(exceeded).toEqual([]);
    const { day } = await budgets.status(clientId, NOW);
    const [usage] = await decisions.usage({ clientId, from: '2026-11-21', to: '2026-11-22', by: [] });
    expect(day.spentNanoUsd).toBe(usage?.costNanoUsd);
    expect(day.spentNanoUsd).toBeGreaterThan(limitNanoUsd / 2);
    expect(day.spentNanoUsd).toBeLessThanOrEqual(limitNanoUsd);
    await database.close();
  });
});
