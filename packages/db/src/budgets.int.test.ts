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
    const nodeId = 'node-dead';
    await budgets.lease(request('cli_dead', { nodeId, wantNanoUsd: 1_000 }));
    const early = await budgets.lease(request('cli_dead', { now: NOW + TTL_MS - 1 }));
    expect(early.grantedNanoUsd).toBe(0);
    const late = await budgets.lease(request('cli_dead', { now: NOW + TTL_MS }));
    expect(late).toEqual({ grantedNanoUsd: 400, remainingNanoUsd: 600, spentNanoUsd: 0 });
    expect(await budgets.renew(nodeId, TTL_MS, NOW + TTL_MS)).toEqual([]);
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

  it('are not renewed when they are used up or their window is over', async () => {
    const { budgets, decisions } = test.repositories();
    const nodeId = 'node-tidy';
    await budgets.lease(request('cli_used', { nodeId }));
    await decisions.insertBatch([spending('cli_used', 400)], { nodeId });
    await budgets.lease(request('cli_yesterday', { nodeId }));
    await budgets.lease(request('cli_month', { nodeId, window: 'month', windowStart: '2026-11-01' }));
    const held = async (now: number) => (await budgets.renew(nodeId, TTL_MS, now)).map(({ clientId }) => clientId);
    expect((await held(Date.UTC(2026, 10, 22, 0, 59))).sort()).toEqual(['cli_month', 'cli_yesterday']);
    expect(await held(Date.UTC(2026, 10, 22, 1))).toEqual(['cli_month']);
    expect(await held(Date.UTC(2026, 11, 1, 1))).toEqual([]);
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

  it('is never exceeded by twenty nodes that lease, spend, renew and die', async () => {
    const clientId = 'cli_race';
    const limitNanoUsd = 60_000;
    const database = openDatabase({ url: test.get().url, poolSize: 12 });
    const { budgets, decisions } = repositories(database);
    const exceeded: number[] = [];
    let watching = true;
    const watch = async () => {
      while (watching) {
        // One statement, one snapshot. Expired leases count until they are taken back: that is when they are re-let.
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
    const leaseAndSpend = async (nodeId: string, now: number, dies: boolean) => {
      for (let turn = 0; turn < 5; turn += 1) {
        const wantNanoUsd = randomInt(50, 400);
        const { grantedNanoUsd } = await budgets.lease(request(clientId, { nodeId, limitNanoUsd, wantNanoUsd, now }));
        if (dies && turn === 2) return;
        const cost = randomInt(0, grantedNanoUsd + 1);
        if (cost > 0) await decisions.insertBatch([spending(clientId, cost)], { nodeId });
      }
    };
    const watcher = watch();
    let survivors = Array.from({ length: 20 }, (_, index) => `racer-${index}`);
    for (let round = 0; round < 5; round += 1) {
      const now = NOW + (round * TTL_MS) / 2;
      await Promise.all(survivors.map((nodeId) => budgets.renew(nodeId, TTL_MS, now)));
      await Promise.all(survivors.map((nodeId, index) => leaseAndSpend(nodeId, now, index < 3)));
      survivors = survivors.slice(3);
    }
    watching = false;
    await watcher;
    expect(exceeded).toEqual([]);
    const { day } = await budgets.status(clientId, NOW);
    const [usage] = await decisions.usage({ clientId, from: '2026-11-21', to: '2026-11-22', by: [] });
    expect(day.spentNanoUsd).toBe(usage?.costNanoUsd);
    expect(day.spentNanoUsd).toBeGreaterThan(limitNanoUsd / 4);
    // The dead have expired: all that is not spent can be let again.
    for (const nodeId of survivors) {
      await budgets.release({ nodeId, clientId, window: 'day', windowStart: '2026-11-21', nanoUsd: limitNanoUsd });
    }
    const last = await budgets.lease(
      request(clientId, { nodeId: 'heir', limitNanoUsd, wantNanoUsd: limitNanoUsd, now: NOW + 10 * TTL_MS }),
    );
    expect(last.grantedNanoUsd).toBe(limitNanoUsd - day.spentNanoUsd);
    await database.close();
  });
});
