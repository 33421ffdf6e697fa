import { type Client, GatewayError, type Limits, NANO_PER_USD } from '@pointsman/contracts';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type Budgets, createBudgets, type Hold } from './budgets.ts';
import { type Delivery, simulatedLeases } from './test/simulated-leases.ts';

const START = Date.parse('2026-11-20T10:00:00Z');
const TTL = 120_000;
const DAY = { clientId: 'cli_1', window: 'day', windowStart: '2026-11-20' } as const;
const opened: Budgets[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((budgets) => budgets.close()));
});

const clientWith = (limits: Limits): Client => ({
  id: 'cli_1',
  name: 'Client',
  limits,
  cache: { enabled: false, ttlSeconds: 60 },
  policy: 'default',
  createdAt: '2026-01-01T00:00:00Z',
  disabledAt: undefined,
});
const nanoUsd = (nano: number): number => nano / NANO_PER_USD;
const tick = () => new Promise((resolve) => setImmediate(resolve));

function node(nodeIds = ['node-1']) {
  const clock = { ms: START };
  const store = simulatedLeases({ now: () => clock.ms, prompt: true });
  const errors: Error[] = [];
  const nodes = nodeIds.map((nodeId) =>
    createBudgets({
      leases: store.leases,
      nodeId,
      now: () => clock.ms,
      leaseTtlMs: TTL,
      onError: (e) => errors.push(e),
    }),
  );
  opened.push(...nodes);
  const [first] = nodes;
  if (first === undefined) throw new Error('no node');
  return { clock, store, errors, nodes, budgets: first };
}

async function refusal(held: Hold | Promise<Hold>): Promise<GatewayError> {
  try {
    await held;
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error('was held');
}

describe('budgets', () => {
  it('does no work for a client without a budget', () => {
    const { budgets, store } = node();
    const hold = budgets.hold(clientWith({}), 1e12);
    expect(hold).toBe(budgets.hold(clientWith({}), 1));
    expect(store.asked.lease).toBe(0);
  });

  it('leases once, then holds and settles without asking or waiting', async () => {
    const { budgets, store } = node();
    const client = clientWith({ budgetDayUsd: 10, budgetMonthUsd: 100 });
    (await budgets.hold(client, 1_000_000)).settle(900_000);
    await tick();
    const asked = store.asked.lease;
    for (let i = 0; i < 100; i += 1) {
      const hold = budgets.hold(client, 1_000_000);
      if (hold instanceof Promise) throw new Error('waited although the lease suffices');
      hold.settle(500_000);
    }
    expect(store.asked.lease).toBe(asked);
    expect(asked).toBeLessThanOrEqual(4);
  });

  it('refuses what the tighter window cannot pay, until that window resets', async () => {
    const { budgets } = node();
    const day = clientWith({ budgetDayUsd: nanoUsd(100), budgetMonthUsd: nanoUsd(1000) });
    (await budgets.hold(day, 60)).settle(60);
    const error = await refusal(budgets.hold(day, 50));
    expect(error).toMatchObject({ code: 'budget_exceeded', retryAfterMs: Date.parse('2026-11-21T00:00:00Z') - START });
    expect(error.message).toContain('day budget of $0.0000001');
    const month = clientWith({ budgetMonthUsd: nanoUsd(50) });
    const monthly = await refusal(budgets.hold(month, 51));
    expect(monthly.retryAfterMs).toBe(Date.parse('2026-12-01T00:00:00Z') - START);
  });

  it('gives back what a call did not use, once, and what a refused call had reserved nowhere', async () => {
    const { budgets } = node();
    const client = clientWith({ budgetDayUsd: nanoUsd(100) });
    const hold = await budgets.hold(client, 100);
    await refusal(budgets.hold(client, 1));
    hold.settle(10);
    hold.settle(0);
    expect(await budgets.hold(client, 90)).toBeDefined();
    await refusal(budgets.hold(client, 1));
  });

  it('asks one question for all calls that wait for the same lease', async () => {
    const { budgets, store } = node();
    const client = clientWith({ budgetDayUsd: 1 });
    const holds = await Promise.all(Array.from({ length: 50 }, () => budgets.hold(client, 1_000)));
    expect(holds).toHaveLength(50);
    expect(store.asked.lease).toBeLessThanOrEqual(3);
  });

  it('lets exactly as many of many simultaneous calls through as the budget pays for', async () => {
    const { budgets, store } = node();
    const client = clientWith({ budgetDayUsd: nanoUsd(1_000) });
    const results = await Promise.allSettled(Array.from({ length: 150 }, async () => budgets.hold(client, 10)));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(100);
    expect(store.asked.lease).toBeLessThan(10);
  });

  it('asks again at most once a second after the database had nothing left', async () => {
    const { budgets, store, clock } = node();
    const client = clientWith({ budgetDayUsd: nanoUsd(100) });
    (await budgets.hold(client, 100)).settle(100);
    for (let i = 0; i < 50; i += 1) await refusal(budgets.hold(client, 1));
    const asked = store.asked.lease;
    clock.ms += 1_000;
    for (let i = 0; i < 50; i += 1) await refusal(budgets.hold(client, 1));
    expect(store.asked.lease).toBe(asked + 1);
  });

  it('lets a raised budget work at once and a lowered one bite at once', async () => {
    const { budgets, store } = node();
    (await budgets.hold(clientWith({ budgetDayUsd: nanoUsd(100) }), 100)).settle(100);
    store.write('node-1', DAY, 100);
    await refusal(budgets.hold(clientWith({ budgetDayUsd: nanoUsd(100) }), 10));
    const raised = clientWith({ budgetDayUsd: nanoUsd(10_000) });
    (await budgets.hold(raised, 10)).settle(10);
    await tick();
    store.write('node-1', DAY, 10);
    await refusal(budgets.hold(clientWith({ budgetDayUsd: nanoUsd(111) }), 2));
    expect(await budgets.hold(clientWith({ budgetDayUsd: nanoUsd(112) }), 2)).toBeDefined();
  });

  it('settles a call that began before midnight in the day it began', async () => {
    const { budgets, clock, store } = node();
    const client = clientWith({ budgetDayUsd: nanoUsd(100), budgetMonthUsd: nanoUsd(1000) });
    clock.ms = Date.parse('2026-11-30T23:59:59.900Z');
    const before = await budgets.hold(client, 100);
    await refusal(budgets.hold(client, 1));
    clock.ms = Date.parse('2026-12-01T00:00:00.100Z');
    const after = await budgets.hold(client, 100);
    before.settle(100);
    after.settle(40);
    expect(budgets.status('cli_1').map((each) => each.windowStart)).toEqual(['2026-12-01', '2026-12-01']);
    expect(await budgets.hold(client, 60)).toBeDefined();
    expect(store.rows.filter((row) => row.window === 'day').map((row) => row.windowStart)).toEqual([
      '2026-11-30',
      '2026-12-01',
    ]);
  });

  it('goes on with the lease in hand while the database is down, and says so when it is used up', async () => {
    const { budgets, store, clock, errors } = node();
    const client = clientWith({ budgetDayUsd: nanoUsd(1_000_000) });
    (await budgets.hold(client, 10)).settle(10);
    await tick();
    store.state.down = true;
    clock.ms += 60_000;
    await budgets.renew();
    let served = 0;
    let error: GatewayError | undefined;
    while (error === undefined) {
      try {
        (await budgets.hold(client, 1_000)).settle(1_000);
        served += 1;
      } catch (thrown) {
        error = thrown instanceof GatewayError ? thrown : undefined;
        if (error === undefined) throw thrown;
      }
    }
    expect(served).toBeGreaterThan(200);
    expect(error).toMatchObject({ code: 'storage_unavailable', retryAfterMs: 1_000 });
    const asked = store.asked.lease;
    for (let i = 0; i < 20; i += 1) await refusal(budgets.hold(client, 1_000));
    expect(store.asked.lease).toBe(asked);
    expect(errors.length).toBeGreaterThan(0);
    store.state.down = false;
    clock.ms += 1_000;
    expect(await budgets.hold(client, 1_000)).toBeDefined();
  });

  it('stops spending from a lease that ran out, since another node may have it', async () => {
    const { budgets, store, clock } = node();
    const client = clientWith({ budgetDayUsd: nanoUsd(1_000_000) });
    (await budgets.hold(client, 10)).settle(10);
    await tick();
    store.state.down = true;
    clock.ms += TTL;
    expect((await refusal(budgets.hold(client, 10))).code).toBe('storage_unavailable');
  });

  it('gives unused money back so that another node can spend it, and everything when it closes', async () => {
    const { nodes, store, clock } = node(['node-1', 'node-2']);
    const [one, two] = nodes;
    if (one === undefined || two === undefined) throw new Error('two nodes');
    const client = clientWith({ budgetDayUsd: nanoUsd(1_000) });
    (await one.hold(client, 600)).settle(0);
    await refusal(two.hold(client, 600));
    for (let i = 0; i < 22; i += 1) {
      clock.ms += 30_000;
      await one.renew();
    }
    const hold = await two.hold(client, 1_000);
    hold.settle(300);
    store.write('node-2', DAY, 300);
    await two.close();
    expect(store.rows.reduce((sum, row) => sum + row.remaining, 0)).toBe(0);
    expect(await one.hold(client, 700)).toBeDefined();
  });

  it('finds money again that a lost answer had leased to it', async () => {
    const { budgets, store, clock } = node();
    const client = clientWith({ budgetDayUsd: nanoUsd(1_000) });
    const request = { ...DAY, nodeId: 'node-1', limitNanoUsd: 1_000, wantNanoUsd: 800, ttlMs: TTL, now: START };
    await store.leases.lease(request);
    (await budgets.hold(client, 100)).settle(100);
    store.write('node-1', DAY, 100);
    for (let i = 0; i < 3; i += 1) {
      clock.ms += 30_000;
      await budgets.renew();
    }
    expect(await budgets.hold(client, 900)).toBeDefined();
  });
});

type Step =
  | { do: 'hold'; node: number; nanoUsd: number }
  | { do: 'settle'; node: number; pick: number; share: number }
  | { do: 'write' | 'renew' | 'crash'; node: number }
  | { do: 'adopt' }
  | { do: 'deliver'; position: number; how: Delivery }
  | { do: 'pass'; ms: number };

const NODES = 3;
const nodeIndex = fc.nat({ max: NODES - 1 });
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('hold'), node: nodeIndex, nanoUsd: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('settle'),
      node: nodeIndex,
      pick: fc.nat(),
      share: fc.integer({ min: 0, max: 15 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('write', 'renew'), node: nodeIndex }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash'), node: nodeIndex }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('adopt') }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('deliver'),
      position: fc.nat(),
      how: fc.constantFrom<Delivery>('answered', 'answered', 'answered', 'answered', 'refused', 'answer-lost'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('pass'), ms: fc.constantFrom(500, 2_000, 30_000, 70_000, 130_000) }),
  },
);

/** Several nodes with calls in flight on one simulated database, every answer delayed, refused or lost at will. */
class Fleet {
  readonly clock = { ms: START };
  readonly limit: number;
  readonly largestShare: number;
  readonly client: Client;
  readonly store = simulatedLeases({
    now: () => this.clock.ms,
    prompt: false,
    onReclaim: (row, again) => this.reclaimed(row.nodeId, again),
  });
  readonly nodes: {
    id: string;
    budgets: Budgets;
    calls: { hold: Hold; nanoUsd: number }[];
    unwritten: number;
    stale: number;
  }[] = [];
  readonly spools: { id: string; unwritten: number }[] = [];
  settled = 0;
  /** What the law allows above the limit: costs above their hold, and what the database could not know of when it took a lease back. */
  allowance = 0;
  readonly #all: Budgets[] = [];

  /** @param largestShare tenths of its hold that a call costs at most: above 10, calls cost more than was reserved */
  constructor(limit: number, largestShare: number) {
    this.limit = limit;
    this.largestShare = largestShare;
    this.client = clientWith({ budgetDayUsd: nanoUsd(limit) });
    for (let i = 0; i < NODES; i += 1) this.nodes.push(this.start());
  }

  start() {
    const id = `node-${this.#all.length}`;
    const budgets = createBudgets({ leases: this.store.leases, nodeId: id, now: () => this.clock.ms, leaseTtlMs: TTL });
    this.#all.push(budgets);
    return { id, budgets, calls: [], unwritten: 0, stale: 0 };
  }

  /** Calls in flight, and what the database has not seen, are covered by no lease now but by what the node got again. */
  reclaimed(nodeId: string, againNanoUsd: number) {
    const alive = this.nodes.find((each) => each.id === nodeId);
    const spool = this.spools.find((each) => each.id === nodeId);
    const inFlight = alive?.calls.reduce((sum, call) => sum + call.nanoUsd, 0) ?? 0;
    const unseen = (alive?.unwritten ?? 0) + (spool?.unwritten ?? 0);
    this.allowance += Math.max(0, inFlight + unseen - againNanoUsd);
  }

  run(step: Step): void {
    if (step.do === 'deliver') this.store.deliver(step.position, step.how);
    else if (step.do === 'pass') this.clock.ms += step.ms;
    else if (step.do === 'adopt') this.adopt();
    else this.runOn(this.nodes[step.node], step);
  }

  runOn(on: Fleet['nodes'][number] | undefined, step: Extract<Step, { node: number }>): void {
    if (on === undefined) return;
    if (step.do === 'hold') this.hold(on, step.nanoUsd);
    else if (step.do === 'settle') this.settle(on, step.pick, step.share);
    else if (step.do === 'write') this.write(on);
    else if (step.do === 'renew') {
      // The recorder writes every quarter of a second, renewals are half a minute apart.
      this.store.write(on.id, DAY, on.stale);
      on.unwritten -= on.stale;
      on.stale = 0;
      void on.budgets.renew().then(() => {
        on.stale = on.unwritten;
      });
    } else {
      this.spools.push({ id: on.id, unwritten: on.unwritten });
      this.nodes[step.node] = this.start();
    }
  }

  write(on: Fleet['nodes'][number]): void {
    this.store.write(on.id, DAY, on.unwritten);
    on.unwritten = 0;
    on.stale = 0;
  }

  adopt(): void {
    for (const spool of this.spools.splice(0)) this.store.write(spool.id, DAY, spool.unwritten);
  }

  async answerAll(): Promise<void> {
    for (let quiet = 0; quiet < 3; ) {
      quiet = this.store.pending.length === 0 ? quiet + 1 : 0;
      this.store.deliver(0, 'answered');
      await tick();
    }
  }

  async stop(): Promise<void> {
    const closed = Promise.all(this.#all.map((budgets) => budgets.close()));
    await this.answerAll();
    await closed;
  }

  hold(on: Fleet['nodes'][number], amount: number): void {
    Promise.resolve()
      .then(() => on.budgets.hold(this.client, amount))
      .then(
        (hold) => this.nodes.includes(on) && on.calls.push({ hold, nanoUsd: amount }),
        (error: unknown) => expect(error).toBeInstanceOf(GatewayError),
      );
  }

  settle(on: Fleet['nodes'][number], pick: number, share: number): void {
    const [call] = on.calls.splice(pick % Math.max(1, on.calls.length), 1);
    if (call === undefined) return;
    const cost = Math.round((call.nanoUsd * Math.min(share, this.largestShare)) / 10);
    call.hold.settle(cost);
    on.unwritten += cost;
    this.settled += cost;
    this.allowance += Math.max(0, cost - call.nanoUsd);
  }

  inFlight(): number {
    return this.nodes.flatMap((each) => each.calls).reduce((sum, call) => sum + call.nanoUsd, 0);
  }
}

describe('budgets over several nodes', () => {
  it('never promise more than the limit, and leak nothing, whatever is delayed, lost or crashes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(steps, { minLength: 20, maxLength: 300, size: 'max' }),
        fc.integer({ min: 50, max: 400 }),
        fc.constantFrom(10, 10, 15),
        async (plan, limit, largestShare) => {
          const fleet = new Fleet(limit, largestShare);
          try {
            for (const step of plan) {
              fleet.run(step);
              await tick();
              expect(fleet.settled + fleet.inFlight()).toBeLessThanOrEqual(limit + fleet.allowance);
            }
            await everythingComesBack(fleet);
          } finally {
            await fleet.stop();
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** All calls end, all decisions are written, every lease ends: a new node can hold exactly what was not spent. */
async function everythingComesBack(fleet: Fleet): Promise<void> {
  await fleet.answerAll();
  for (const each of fleet.nodes) {
    while (each.calls.length > 0) fleet.settle(each, 0, 10);
    fleet.write(each);
  }
  fleet.adopt();
  fleet.clock.ms += TTL + 1;
  const spent = fleet.store.spentIn(DAY);
  expect(spent).toBe(fleet.settled);
  if (spent >= fleet.limit) return;
  const held = fleet.start().budgets.hold(fleet.client, fleet.limit - spent);
  await fleet.answerAll();
  expect(await held).toBeDefined();
}
