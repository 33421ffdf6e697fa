import { type Client, type Decision, GatewayError, NANO_PER_USD } from '@pointsman/contracts';
import { repositories } from '@pointsman/db';
import { sampleDecision } from '@pointsman/db/testing';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, expect, it } from 'vitest';
import { createBudgets } from './budgets.ts';

const test = await testDatabase();
afterAll(() => test.drop());
const db = repositories(test.database);

const LIMIT = 5_000_000;
/** Far from any midnight. */
const NOON = new Date().setUTCHours(12, 0, 0, 0);
const clientWith = (id: string, limitNanoUsd: number): Client => ({
  id,
  name: 'Client',
  limits: { budgetDayUsd: limitNanoUsd / NANO_PER_USD, budgetMonthUsd: 1 },
  cache: { enabled: false, ttlSeconds: 60 },
  policy: 'default',
  createdAt: '2026-01-01T00:00:00Z',
  disabledAt: undefined,
});

/** A gateway's share of the work: holds, calls, settles, and now and then writes what it settled. */
function gateway(nodeId: string, client: Client, now: () => number) {
  const budgets = createBudgets({ leases: db.budgets, nodeId, now, leaseTtlMs: 60_000 });
  const unwritten: Decision[] = [];
  const write = () => db.decisions.insertBatch(unwritten.splice(0), { nodeId });
  return {
    budgets,
    unwritten,
    write,
    async call(holdNanoUsd: number, costNanoUsd: number): Promise<boolean> {
      try {
        const hold = await budgets.hold(client, holdNanoUsd);
        await new Promise((resolve) => setImmediate(resolve));
        hold.settle(costNanoUsd);
      } catch (error) {
        if (error instanceof GatewayError && error.code === 'budget_exceeded') return false;
        throw error;
      }
      const decision = sampleDecision(now(), { clientId: client.id, cost: { status: 'exact', nanoUsd: costNanoUsd } });
      unwritten.push(decision);
      if (unwritten.length >= 40) await write();
      return true;
    },
  };
}

it('keeps two gateways on PostgreSQL together within the budget, to the last nano-dollar, and loses nothing of it', async () => {
  const clock = { ms: NOON };
  const now = () => clock.ms;
  const client = clientWith('cli_budget', LIMIT);
  const nodes = [gateway('node-1', client, now), gateway('node-2', client, now)];
  const worker = async (node: (typeof nodes)[number]) => {
    while (await node.call(10_000, 7_000)) if (node.unwritten.length === 20) await node.budgets.renew();
  };
  await Promise.all(nodes.flatMap((node) => [worker(node), worker(node), worker(node)]));
  await Promise.all(nodes.map((node) => node.write()));
  await Promise.all(nodes.map((node) => node.budgets.close()));
  const after = await db.budgets.status(client.id, now());
  expect(after.day.spentNanoUsd).toBeLessThanOrEqual(LIMIT);
  expect(after.day.spentNanoUsd % 7_000).toBe(0);
  expect(after.day.leasedNanoUsd).toBe(0);
  // What is left, and nothing more, can be held by the next.
  const left = LIMIT - after.day.spentNanoUsd;
  const next = gateway('node-3', client, now);
  expect(await next.call(left + 1, 0)).toBe(false);
  clock.ms += 1_000;
  expect(await next.call(left, 0)).toBe(true);
  await next.budgets.close();
});

it('returns the lease of a gateway that died when its time is over', async () => {
  const clock = { ms: NOON };
  const now = () => clock.ms;
  const client = clientWith('cli_dead', 1_000);
  const dead = gateway('node-dead', client, now);
  expect(await dead.call(1_000, 400)).toBe(true);
  await dead.write();
  const heir = gateway('node-heir', client, now);
  expect(await heir.call(600, 600)).toBe(false);
  clock.ms += 60_001;
  expect(await heir.call(600, 600)).toBe(true);
  await heir.write();
  expect((await db.budgets.status(client.id, clock.ms)).day).toMatchObject({ spentNanoUsd: 1_000, leasedNanoUsd: 0 });
  await Promise.all([dead.budgets.close(), heir.budgets.close()]);
});
