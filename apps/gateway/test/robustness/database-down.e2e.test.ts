import { type Database, openDatabase, repositories } from '@pointsman/db';
import { type Emulator, startEmulator } from '@pointsman/provider-emulator';
import { type OwnPostgres, startOwnPostgres, temporaryFolder } from '@pointsman/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { providersYaml } from '../start-gateway.ts';
import { type GatewayProcess, startGatewayProcess } from './gateway-process.ts';
import { METERED_YAML } from './metered-models.ts';
import { postChat } from './post-chat.ts';
import { recordsIn } from './records-in.ts';
import { runClient, type SentRequest } from './run-client.ts';

// Processes are started here, beside whatever else the machine is doing.
vi.setConfig({ testTimeout: 60_000 });

// A gateway process and a PostgreSQL of its own, which is killed and frozen while requests go on.

/** Of which the gateway has at least an eighth in hand: far more than is spent while the database is away. */
const AMPLE = { budgetDayUsd: 20, budgetMonthUsd: 200 };
/** Some twenty calls of the scarce client's kind. */
const SCARCE_USD = 0.01;
const SCARCE_CALL = { model: 'openai/metered', max_completion_tokens: 50 };

let postgres: OwnPostgres;
let database: Database;
let emulator: Emulator;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let gateway: GatewayProcess;
type TestClient = { id: string; apiKey: string };
/** Without any budget, with one of which the gateway holds a lease that suffices, and with a lease that does not. */
let unlimited: TestClient;
let budgeted: TestClient;
let scarce: TestClient;

const start = () =>
  startGatewayProcess({
    folder: folder.path,
    env: { DATABASE_URL: postgres.url },
    yaml: `${providersYaml(emulator)}${METERED_YAML}`,
  });

beforeAll(async () => {
  [postgres, emulator, folder] = await Promise.all([startOwnPostgres(), startEmulator(), temporaryFolder()]);
  gateway = await start();
  const { apiKey: operator } = gateway;
  const post = async (path: string, body: object) => {
    const reply = await fetch(`${gateway.origin}/api${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${operator}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(reply.status).toBe(201);
    return reply.json();
  };
  const addClient = async (name: string, limits: object) => {
    const { id } = (await post('/clients', { name, limits })) as { id: string };
    const { secret } = (await post(`/clients/${id}/keys`, {})) as { secret: string };
    return { id, apiKey: secret };
  };
  unlimited = await addClient('unlimited', {});
  budgeted = await addClient('budgeted', AMPLE);
  scarce = await addClient('scarce', { budgetDayUsd: SCARCE_USD });
  database = openDatabase({ url: postgres.url });
});

afterEach(() => emulator.clear());

afterAll(async () => {
  gateway.child.kill('SIGKILL');
  await database.close();
  await Promise.all([postgres.close(), emulator.close(), folder.remove()]);
});

/** Sends requests of both clients, each one after the other, until told to stop. */
function keepAsking(origin = gateway.baseURL) {
  const clients = [unlimited, budgeted].map(({ apiKey }) => runClient({ baseURL: origin, apiKey }));
  return {
    /** Requests of each client that were answered so far. */
    counts: () => clients.map((client) => client.sent.length),
    async stop(): Promise<[SentRequest[], SentRequest[]]> {
      const [first = [], second = []] = await Promise.all(clients.map((client) => client.stop()));
      return [first, second];
    },
  };
}

/** The ids of a client's decisions in the order in which transactions wrote them. */
async function storedIds(clientId: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ id: string }>(
    "select 'dec_' || replace(id::text, '-', '') as id from decisions where client_id = $1 order by xmin::text::bigint, id",
    [clientId],
  );
  return rows.map(({ id }) => id);
}

async function spentNanoUsd(clientId: string): Promise<number[]> {
  const { day, month } = await repositories(database).budgets.status(clientId, Date.now());
  return [day.spentNanoUsd, month.spentNanoUsd];
}

const idsOf = (requests: readonly SentRequest[]) => requests.map((each) => each.decisionId);
const costOf = (requests: readonly SentRequest[]) => requests.reduce((sum, each) => sum + each.costNanoUsd, 0);
const errorsIn = (requests: readonly SentRequest[]) =>
  [...new Set(requests.map((each) => each.error))].filter((error) => error !== '');
const allStored = { timeout: 20_000, interval: 50 };

describe.each([
  { how: 'killed', down: () => postgres.kill(), up: () => postgres.restart(), downMs: 4000 },
  { how: 'frozen', down: () => postgres.freeze(), up: () => postgres.thaw(), downMs: 4000 },
])('while the database is $how for seconds', ({ how, down, up, downMs }) => {
  let requests: [SentRequest[], SentRequest[]];
  let readinessMs: number;
  let before: { ids: string[][]; spent: number[] };

  beforeAll(async () => {
    before = {
      ids: await Promise.all([unlimited, budgeted].map(({ id }) => storedIds(id))),
      spent: await spentNanoUsd(budgeted.id),
    };
    const asking = keepAsking();
    // Both have answers before it happens: their keys are known here, and a part of the budget is leased.
    await vi.waitUntil(() => asking.counts().every((count) => count > 5), { timeout: 10_000, interval: 10 });
    const startedAtMs = performance.now();
    await down();
    await vi.waitUntil(() => performance.now() - startedAtMs > downMs, { timeout: 2 * downMs, interval: 20 });
    const askedAtMs = performance.now();
    const readiness = await fetch(`${gateway.origin}/readyz`);
    readinessMs = performance.now() - askedAtMs;
    expect(readiness.status).toBe(200);
    expect(await readiness.json()).toMatchObject({
      status: 'degraded',
      dependencies: { database: { status: 'down' } },
    });
    await up();
    const back = asking.counts();
    await vi.waitUntil(() => asking.counts().every((count, each) => count > (back[each] ?? 0) + 5), {
      timeout: 10_000,
      interval: 10,
    });
    requests = await asking.stop();
  }, 90_000);

  test('no request fails, with a budget or without', () => {
    for (const sent of requests) {
      expect(sent.length).toBeGreaterThan(50);
      expect(errorsIn(sent)).toEqual([]);
    }
  });

  test('no request waits for it', () => {
    const slowestMs = Math.max(...requests.flat().map((each) => each.tookMs));
    expect(slowestMs).toBeLessThan(1500);
  });

  test('a readiness probe has its answer within the second that orchestrators give it', () => {
    expect(readinessMs).toBeLessThan(1000);
  });

  test('no decision is lost, doubled or out of order once it is back', async () => {
    for (const [which, client] of [unlimited, budgeted].entries()) {
      const expected = [...(before.ids[which] ?? []), ...idsOf(requests[which] ?? [])];
      await vi.waitUntil(async () => (await storedIds(client.id)).length >= expected.length, allStored);
      expect(await storedIds(client.id)).toEqual(expected);
    }
  });

  test('the budget is settled to the nano-dollar', async () => {
    const spent = costOf(requests[1]);
    expect(spent).toBeGreaterThan(0);
    expect(await spentNanoUsd(budgeted.id)).toEqual(before.spent.map((nanoUsd) => nanoUsd + spent));
  });

  test(`the gateway says that it was ${how} and nothing was dropped`, async () => {
    expect(gateway.stderr()).toMatch(/decision records wait for the database|a database connection was lost/);
    expect(await recordsIn(gateway.origin, 'dropped')).toBe(0);
    await vi.waitUntil(async () => (await recordsIn(gateway.origin, 'spooled')) === 0, allStored);
  });
});

test('a budget whose lease is used up while the database is down is a 503 for a while, and never overspent', async () => {
  const target = { baseURL: gateway.baseURL, apiKey: scarce.apiKey };
  expect((await postChat(target, SCARCE_CALL)).status).toBe(200);
  await postgres.kill();
  const client = runClient(target, SCARCE_CALL);
  await vi.waitUntil(() => client.sent.some((each) => each.status !== 200), { timeout: 10_000, interval: 5 });
  const sent = await client.stop();
  const refused = sent.find((each) => each.status !== 200);
  expect(refused).toMatchObject({ status: 503, error: expect.stringContaining('storage_unavailable') });

  await postgres.restart();
  const again = () => postChat(target, SCARCE_CALL);
  await vi.waitUntil(async () => (await again()).status === 200, { timeout: 10_000, interval: 100 });
  // Now that the database answers it is the budget itself that ends it, and it was kept.
  await vi.waitUntil(async () => (await again()).status === 429, { timeout: 20_000, interval: 5 });
  await vi.waitUntil(async () => (await recordsIn(gateway.origin, 'queued')) === 0, allStored);
  const [spent = 0] = await spentNanoUsd(scarce.id);
  expect(spent).toBeGreaterThan(0.5 * SCARCE_USD * 1e9);
  expect(spent).toBeLessThanOrEqual(SCARCE_USD * 1e9);
}, 60_000);

test('a gateway killed while the database is down loses nothing that was spooled, and counts it once', async () => {
  const spentBefore = await spentNanoUsd(budgeted.id);
  const before = (await storedIds(unlimited.id)).concat(await storedIds(budgeted.id));
  await postgres.kill();
  const asking = keepAsking();
  await vi.waitUntil(() => asking.counts().every((count) => count > 400), { timeout: 30_000, interval: 20 });
  const [first, second] = await asking.stop();
  const sent = [...first, ...second];
  expect(errorsIn(sent)).toEqual([]);
  await vi.waitUntil(async () => (await recordsIn(gateway.origin, 'queued')) === 0, allStored);
  expect(await recordsIn(gateway.origin, 'spooled')).toBe(sent.length);
  await gateway.stop('SIGKILL');

  await postgres.restart();
  // Killed once more, in the middle of bringing them to the database: what it had written must not count twice.
  gateway = await start();
  await vi.waitUntil(async () => (await storedIds(unlimited.id)).length > first.length / 4, allStored);
  await gateway.stop('SIGKILL');
  gateway = await start();

  const stored = async () => (await storedIds(unlimited.id)).concat(await storedIds(budgeted.id)).sort();
  const expected = [...before, ...idsOf(sent)].sort();
  await vi.waitUntil(async () => (await stored()).length >= expected.length, allStored);
  expect(await stored()).toEqual(expected);
  expect(await spentNanoUsd(budgeted.id)).toEqual(spentBefore.map((nanoUsd) => nanoUsd + costOf(second)));
  expect(await gateway.stop('SIGTERM')).toEqual({ code: 0, signal: null });
}, 90_000);
