import { type ClientInput, REPLY_HEADERS } from '@pointsman/contracts';
import { repositories } from '@pointsman/db';
import { startEmulator } from '@pointsman/provider-emulator';
import { temporaryFolder, testDatabase } from '@pointsman/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { providersYaml, startGateway, type TestGateway } from '../start-gateway.ts';
import { startGatewayProcess } from './gateway-process.ts';
import { METERED_YAML } from './metered-models.ts';
import { postChat, type Target } from './post-chat.ts';

// Processes are started here, beside whatever else the machine is doing.
vi.setConfig({ testTimeout: 60_000 });

/** What every call here costs exactly: its usage is scripted, and its cost is what the provider says. */
const CALL_NANO_USD = 400_000;
/** A hold is what the reply may cost at most: 50 tokens at 8,000 nano-dollars, and the prompt. */
const CALL = { model: 'openai/metered', max_completion_tokens: 50 };
const CHEAP = { usageCostUsd: CALL_NANO_USD / 1e9 };
/** Pays for 25 calls. */
const BUDGET_NANO_USD = 10_000_000;
const BUDGET: ClientInput['limits'] = { budgetDayUsd: BUDGET_NANO_USD / 1e9 };

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ yaml: METERED_YAML, log: () => undefined });
});
afterEach(() => gateway.emulator.clear());
afterAll(() => gateway.close());

type Budgeted = Target & { clientId: string };

async function addClient(name: string, limits: ClientInput['limits'] = BUDGET): Promise<Budgeted> {
  const { apiKey, clientId } = await gateway.addClient({ name, limits });
  return { baseURL: gateway.baseURL, apiKey, clientId };
}

type Answer = { status: number; text: string; headers: Headers };

async function call(target: Target, body: object = {}): Promise<Answer> {
  const reply = await postChat(target, { ...CALL, ...body });
  return { status: reply.status, text: await reply.text(), headers: reply.headers };
}

const count = (answers: readonly Answer[], status: number) => answers.filter((each) => each.status === status).length;

/** What the database holds against a client's day, once everything that was decided is in it. */
async function dayOf(clientId: string) {
  const { decisions, budgets } = gateway.deps.repositories;
  const metrics = async () => (await fetch(`${gateway.origin}/metrics`)).text();
  await vi.waitUntil(async () => (await metrics()).includes('pointsman_decision_records{where="queued"} 0'), {
    timeout: 5000,
    interval: 20,
  });
  const { day } = await budgets.status(clientId, Date.now());
  const { decisions: records } = await decisions.list({ clientId, limit: 500 });
  const recordedNanoUsd = records.reduce((sum, { cost }) => sum + (cost.status === 'unknown' ? 0 : cost.nanoUsd), 0);
  return { ...day, recordedNanoUsd, records };
}

describe('many calls at once', () => {
  test.each([false, true])('against a small budget (streamed: %s) spend all of it and no more', async (stream) => {
    gateway.emulator.script({ ...CHEAP, firstTokenMs: 50, latencyMs: 50 });
    const client = await addClient(`burst ${stream}`);
    const burst = await Promise.all(Array.from({ length: 80 }, () => call(client, { stream })));
    expect(count(burst, 200) + count(burst, 429)).toBe(80);
    expect(count(burst, 429)).toBeGreaterThan(0);
    // What a burst reserved and did not need is there for the calls after it.
    await vi.waitUntil(async () => (await call(client, { stream })).status === 429, { timeout: 10_000, interval: 1 });
    const { spentNanoUsd, recordedNanoUsd } = await dayOf(client.clientId);
    expect(spentNanoUsd).toBe(recordedNanoUsd);
    expect(spentNanoUsd).toBe(gateway.emulator.requests.length * CALL_NANO_USD);
    // A hold is a little above the cost: the last call may not fit, though its cost would.
    expect(spentNanoUsd).toBeLessThanOrEqual(BUDGET_NANO_USD);
    expect(spentNanoUsd).toBeGreaterThanOrEqual(BUDGET_NANO_USD - 2 * CALL_NANO_USD);
  });

  test('whose cost is above what was held go over the budget by the calls in flight, and end it', async () => {
    const dear = 8 * CALL_NANO_USD;
    gateway.emulator.script({ usageCostUsd: dear / 1e9, latencyMs: 100 });
    const client = await addClient('dear');
    const burst = await Promise.all(Array.from({ length: 40 }, () => call(client)));
    const inFlight = count(burst, 200);
    expect(inFlight).toBeLessThanOrEqual(BUDGET_NANO_USD / CALL_NANO_USD);
    expect((await call(client)).status).toBe(429);
    const { spentNanoUsd } = await dayOf(client.clientId);
    expect(spentNanoUsd).toBe(inFlight * dear);
    expect(spentNanoUsd).toBeLessThanOrEqual(BUDGET_NANO_USD + inFlight * dear);
  });
});

test('a spent budget says when it resets, and that asking again is useless', async () => {
  const client = await addClient('poor', { budgetDayUsd: 1e-9, budgetMonthUsd: 100 });
  const { status, text, headers } = await call(client);
  expect([status, JSON.parse(text)]).toMatchObject([
    429,
    { error: { code: 'budget_exceeded', type: 'insufficient_quota', message: expect.stringContaining('day budget') } },
  ]);
  expect(headers.get('x-should-retry')).toBe('false');
  const midnight = new Date().setUTCHours(24, 0, 0, 0);
  const secondsLeft = (midnight - Date.now()) / 1000;
  expect(Math.abs(Number(headers.get('retry-after')) - secondsLeft)).toBeLessThan(5);
  expect(gateway.emulator.requests).toEqual([]);
});

test('two gateways on one database share a budget', async () => {
  const database = await testDatabase();
  const emulator = await startEmulator();
  const folders = await Promise.all([temporaryFolder(), temporaryFolder()]);
  const [first, second] = await Promise.all(
    folders.map(({ path }) =>
      startGatewayProcess({
        folder: path,
        env: { DATABASE_URL: database.url },
        yaml: `${providersYaml(emulator)}${METERED_YAML}`,
      }),
    ),
  );
  onTestFinished(async () => {
    await Promise.all([first?.stop('SIGKILL'), second?.stop('SIGKILL')]);
    await Promise.all([emulator.close(), database.drop(), ...folders.map((folder) => folder.remove())]);
  });
  emulator.script({ ...CHEAP, latencyMs: 20 });
  const { clients, keys, budgets } = repositories(database.database);
  const { id } = await clients.create({ name: 'shared', limits: BUDGET });
  const { secret: apiKey } = await keys.issue({ clientId: id });
  const targets = [first, second].map((running) => ({ baseURL: running?.baseURL ?? '', apiKey }));

  // Each holds a lease that the other may need: one that has none left asks again while the other gives its rest back.
  const answered = [0, 0];
  await Promise.all(
    targets.flatMap((target, which) =>
      Array.from({ length: 20 }, async () => {
        if ((await call(target)).status === 200) answered[which] = (answered[which] ?? 0) + 1;
      }),
    ),
  );
  expect(Math.min(...answered)).toBeGreaterThan(0);
  const total = answered.reduce((sum, each) => sum + each, 0);
  expect(total * CALL_NANO_USD).toBeLessThanOrEqual(BUDGET_NANO_USD);
  expect(emulator.requests).toHaveLength(total);

  // Those that stop give back what they hold: the other one spends the rest, and not more.
  expect(await first?.stop('SIGTERM')).toEqual({ code: 0, signal: null });
  const last = targets[1] ?? { baseURL: '', apiKey };
  await vi.waitUntil(
    async () => {
      await call(last);
      return (emulator.requests.length + 2) * CALL_NANO_USD >= BUDGET_NANO_USD;
    },
    { timeout: 10_000, interval: 50 },
  );
  expect(await second?.stop('SIGTERM')).toEqual({ code: 0, signal: null });
  const { day } = await budgets.status(id, Date.now());
  expect(day).toMatchObject({ spentNanoUsd: emulator.requests.length * CALL_NANO_USD, leasedNanoUsd: 0 });
  expect(day.spentNanoUsd).toBeLessThanOrEqual(BUDGET_NANO_USD);
});

describe('a budget changed by the admin API', () => {
  /** Null lifts it. */
  async function changeTo(client: Budgeted, limits: { budgetDayUsd: number | null }): Promise<void> {
    const reply = await fetch(`${gateway.origin}/api/clients/${client.clientId}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${gateway.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ limits }),
    });
    expect([reply.status, await reply.text()]).toEqual([200, expect.stringContaining(client.clientId)]);
  }

  /** Asks until the answer has this status, and says how long that took. */
  async function msUntil(client: Budgeted, status: number): Promise<number> {
    const startedAtMs = performance.now();
    await vi.waitUntil(async () => (await call(client)).status === status, { timeout: 5000, interval: 10 });
    return performance.now() - startedAtMs;
  }

  // A busy machine may be late once; a gateway that does not look is late every time.
  test('bites within a second, and lets go within a second', { retry: 2 }, async () => {
    gateway.emulator.script(CHEAP);
    const client = await addClient(`changing ${Math.random()}`, {});
    expect((await call(client)).status).toBe(200);
    await changeTo(client, { budgetDayUsd: 1e-9 });
    expect(await msUntil(client, 429)).toBeLessThan(1000);
    await changeTo(client, { budgetDayUsd: 100 });
    expect(await msUntil(client, 200)).toBeLessThan(1000);
    await changeTo(client, { budgetDayUsd: 1e-9 });
    expect(await msUntil(client, 429)).toBeLessThan(1000);
    await changeTo(client, { budgetDayUsd: null });
    expect(await msUntil(client, 200)).toBeLessThan(1000);
  });
});

describe('nothing is held any more', () => {
  /** Every call has ended: all that the gateway still has of the budget goes back, and only what was spent is left. */
  async function expectOnlySpent(client: Budgeted): Promise<Awaited<ReturnType<typeof dayOf>>> {
    const { budgets } = gateway.deps.pipeline;
    const heldNanoUsd = () => budgets.status(client.clientId).map((status) => status.heldNanoUsd);
    await vi.waitUntil(() => heldNanoUsd().every((held) => held === 0), { timeout: 5000, interval: 5 });
    await dayOf(client.clientId);
    await budgets.flushLeases();
    const day = await dayOf(client.clientId);
    expect(day.leasedNanoUsd).toBe(0);
    expect(day.spentNanoUsd).toBe(day.recordedNanoUsd);
    return day;
  }

  const models = ['openai/metered', 'anthropic/metered'];
  test.each([
    ['that a provider refused', { fail: { status: 400, kind: 'invalid_request' as const } }, 400, 0],
    ['that a provider’s rate limit refused', { fail: { status: 429, retryAfterSeconds: 60 } }, 429, 0],
    ['that failed before their first byte', { fail: { status: 500 } }, 502, 0],
  ])('after calls %s, and nothing was spent', async (what, behaviour, status, spent) => {
    gateway.emulator.script({ match: { model: 'metered' }, ...behaviour });
    const client = await addClient(what);
    for (const stream of [false, true]) {
      const answers = await Promise.all(Array.from({ length: 3 }, () => call(client, { stream })));
      expect(answers.map((each) => each.status)).toEqual([status, status, status]);
    }
    expect((await expectOnlySpent(client)).spentNanoUsd).toBe(spent);
  });

  test.each([
    ['cut off before a byte came', { closeBeforeHeaders: true }],
    ['cut off in mid-stream', { reply: 'one two three four five six seven', cutAfterChunks: 4 }],
    ['ended by an error in mid-stream', { reply: 'one two three four five six seven', errorAfterChunks: 4 }],
  ])('after streams %s, and what the provider may bill is spent', async (what, behaviour) => {
    gateway.emulator.script(behaviour);
    const client = await addClient(what, { budgetDayUsd: 1 });
    await Promise.all(Array.from({ length: 4 }, () => call(client, { stream: true, models })));
    const { spentNanoUsd, records } = await expectOnlySpent(client);
    expect(records.map(({ outcome, cost }) => [outcome, cost.status])).toEqual(
      Array.from({ length: 4 }, () => ['failed', 'estimated']),
    );
    expect(spentNanoUsd).toBeGreaterThan(0);
  });

  test('after calls that the gateway refused', async () => {
    const client = await addClient('refused', { budgetDayUsd: 1, requestsPerMinute: 4 });
    const statuses = [
      (await call(client, { temperature: 9 })).status,
      (await call(client, { model: 'openai/none' })).status,
      (await call(client, { model: 'auto/none' })).status,
      (await call(client, { max_completion_tokens: 99_999_999 })).status,
      (await call(client, { pointsman: { max_cost_usd: 1e-9 } })).status,
    ];
    expect(statuses).toEqual([400, 404, 400, 422, 422]);
    for (let n = 0; n < 4; n += 1) await call(client);
    expect((await call(client)).status).toBe(429);
    const { spentNanoUsd } = await expectOnlySpent(client);
    expect(gateway.emulator.requests.length).toBeLessThan(5);
    expect(spentNanoUsd > 0).toBe(gateway.emulator.requests.length > 0);
  });

  test.each([
    ['before their first byte', { hangBeforeHeaders: true }, false],
    ['in the middle of their stream', { chunkCount: 400, betweenTokensMs: 10 }, true],
  ])('after calls that their clients left %s, and what was consumed is spent', async (what, behaviour, stream) => {
    gateway.emulator.script(behaviour);
    const client = await addClient(what, { budgetDayUsd: 1 });
    const abort = new AbortController();
    const left = Array.from({ length: 5 }, async () => {
      const reply = await postChat(client, { ...CALL, max_completion_tokens: 400, stream }, { signal: abort.signal });
      await reply.text();
    });
    const gone = Promise.allSettled(left);
    await vi.waitUntil(() => gateway.emulator.requests.filter((sent) => sent.body !== undefined).length === 5, {
      timeout: 5000,
      interval: 5,
    });
    const held = gateway.deps.pipeline.budgets.status(client.clientId)[0]?.heldNanoUsd ?? 0;
    expect(held).toBeGreaterThan(5 * 400 * 8000);
    abort.abort();
    expect((await gone).map((each) => each.status)).toEqual(Array.from({ length: 5 }, () => 'rejected'));
    const { spentNanoUsd, records } = await expectOnlySpent(client);
    expect(records.map((record) => record.outcome)).toEqual(Array.from({ length: 5 }, () => 'abandoned'));
    expect(spentNanoUsd).toBeGreaterThan(0);
    expect(spentNanoUsd).toBeLessThanOrEqual(held);
  });

  test('after answers, replies from the cache and fallbacks, each charged once', async () => {
    const { apiKey, clientId } = await gateway.addClient({
      name: 'mixed',
      limits: { budgetDayUsd: 1, budgetMonthUsd: 2 },
      cache: { enabled: true, ttlSeconds: 60 },
    });
    const client = { baseURL: gateway.baseURL, apiKey, clientId };
    const hit = [await call(client), await call(client)].map((each) => each.headers.get(REPLY_HEADERS.cache));
    expect(hit).toEqual(['miss', 'hit']);
    gateway.emulator.script({ match: { format: 'openai' }, errorInFirstChunk: true, times: 1 });
    const fallen = await call(client, { stream: true, models, messages: [{ role: 'user', content: 'Fall back' }] });
    expect(fallen.headers.get(REPLY_HEADERS.reason)).toBe('fallback');
    const { spentNanoUsd } = await expectOnlySpent(client);
    expect(spentNanoUsd).toBeGreaterThan(0);
    const { month } = await gateway.deps.repositories.budgets.status(clientId, Date.now());
    expect(month).toMatchObject({ spentNanoUsd, leasedNanoUsd: 0 });
  });
});
