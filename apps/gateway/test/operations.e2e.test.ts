import type { ClientsView, EventSnapshots, NodesView, ProvidersView, QueuesView, Role } from '@pointsman/contracts';
import { VERSION } from '@pointsman/contracts';
import { sampleDecision } from '@pointsman/db/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connectOpenai } from './connect-openai.ts';
import { startGateway, type TestClient, type TestGateway } from './start-gateway.ts';

const PASSWORD = 'a long enough password';
const MODEL = 'mistral/mistral-small-2603';

let gateway: TestGateway;
let other: TestClient;
const tokens = new Map<Role, string>();

beforeAll(async () => {
  gateway = await startGateway();
  other = await gateway.addClient({ name: 'other', limits: { budgetMonthUsd: 20 } });
  for (const role of ['customer-success', 'client-owner', 'client-member', 'annotator'] as const) {
    const email = `${role}@acme.example`;
    const clientId = role.startsWith('client') ? { clientId: gateway.clientId } : {};
    await gateway.deps.repositories.users.create({ email, password: PASSWORD, role, ...clientId });
    const session = await gateway.deps.repositories.users.signIn(email, PASSWORD, Date.now());
    tokens.set(role, session?.token ?? '');
  }
});
afterAll(() => gateway.close());

const call = (path: string, token = gateway.apiKey, init: RequestInit = {}) =>
  fetch(`${gateway.origin}/api${path}`, { ...init, headers: { authorization: `Bearer ${token}` } });
const read = async <T>(path: string): Promise<T> => {
  const response = await call(path);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
};
const tryOnce = () =>
  connectOpenai(gateway, { maxRetries: 0 })
    .chat.completions.create({ model: MODEL, messages: [{ role: 'user', content: 'Hello' }] })
    .catch((error: Error) => error);
const mistral = ({ data }: ProvidersView) => data.find(({ id }) => id === 'mistral');

describe('who may look', () => {
  it.each(['/operations/providers', '/operations/nodes', '/operations/queues', '/events'])(
    'at %s: operators only',
    async (path) => {
      for (const token of tokens.values()) expect((await call(path, token)).status).toBe(403);
      expect((await fetch(`${gateway.origin}/api${path}`)).status).toBe(401);
    },
  );

  it('at clients: also customer success', async () => {
    expect((await call('/operations/clients', tokens.get('customer-success'))).status).toBe(200);
    for (const role of ['client-owner', 'client-member', 'annotator'] as const) {
      expect((await call('/operations/clients', tokens.get(role))).status).toBe(403);
    }
  });
});

describe('nodes', () => {
  it('show this gateway as it is now, and others by what they said last', async () => {
    const { nodes } = gateway.deps.repositories;
    const worker = { kind: 'worker' as const, version: VERSION, startedAt: '2026-11-01T00:00:00.000Z' };
    const facts = { rssBytes: 1, heapUsedBytes: 1, eventLoopLagMs: 0, runs: ['run_1'] };
    await nodes.beat({ ...worker, id: 'working', facts });
    const { data } = await read<NodesView>('/operations/nodes');
    const [own, other] = data;
    expect(own).toMatchObject({ kind: 'gateway', isThis: true, isAlive: true, version: VERSION });
    expect(own?.facts).toMatchObject({ redis: { state: 'off' }, recorder: { dropped: 0 }, emulated: false });
    expect(own?.facts.rssBytes).toBeGreaterThan(10e6);
    expect(own?.facts.database?.latencyMs).toBeGreaterThan(0);
    expect(other).toMatchObject({ id: 'working', isThis: false, isAlive: true, facts: { runs: ['run_1'] } });
    await nodes.leave('working');
  });

  it('beat from the start', async () => {
    await vi.waitFor(async () => expect(await gateway.deps.repositories.nodes.list()).toHaveLength(1));
  });
});

describe('providers', () => {
  it('show calls, failures by kind, and the breaker that opens', async () => {
    await tryOnce();
    gateway.emulator.script({ match: { model: 'mistral-small-2603' }, fail: { status: 500, message: 'no capacity' } });
    for (let n = 0; n < 6; n += 1) await tryOnce();
    gateway.emulator.clear();
    const view = await read<ProvidersView>('/operations/providers');
    const [first] = view.data;
    expect(first).toMatchObject({
      id: 'mistral',
      source: 'configured',
      breaker: 'open',
      circuits: [{ modelId: MODEL, state: 'open' }],
      lastHour: { answered: 1, latencyP50: { count: 1 } },
    });
    expect(first?.failures[0]).toMatchObject({
      kind: 'transient',
      lastModelId: MODEL,
      lastStatus: 500,
      lastMessage: 'no capacity',
    });
    expect(first?.lastHour.heldBack).toBeGreaterThan(0);
    expect(first?.lastHour.failed).toBe(first?.failures[0]?.count);
    expect(view.data.find(({ id }) => id === 'anthropic')).toMatchObject({ breaker: 'closed', lastHour: { calls: 0 } });
    expect(view.data.at(-1)).toMatchObject({ source: 'off', why: expect.stringContaining('no key') });
  });
});

describe('queues', () => {
  it('are empty where nothing runs and nobody rates', async () => {
    expect(await read<QueuesView>('/operations/queues')).toEqual({
      runs: [],
      annotation: { batches: 0, items: 0, itemsDone: 0, disputed: 0, held: 0 },
    });
  });
});

describe('clients', () => {
  it('come with their month, found, sorted and paged by the server', async () => {
    const { clientId } = gateway;
    const of = (id: string, count: number) =>
      Array.from({ length: count }, () => sampleDecision(Date.now(), { clientId: id }));
    await gateway.deps.repositories.decisions.insertBatch([...of(clientId, 3), ...of(other.clientId, 40)]);
    const all = await read<ClientsView>('/operations/clients');
    expect(all.total).toBe(2);
    expect(all.data[0]).toMatchObject({
      name: 'other',
      requests: 40,
      spendNanoUsd: 40 * 265_800,
      budgetNanoUsd: 20e9,
      quality: { value: 0.725, interval: expect.anything(), count: 40 },
    });
    const { data } = await read<ClientsView>('/operations/clients?sort=name&order=asc&limit=1&offset=1');
    expect(data.map(({ name }) => name)).toEqual(['other']);
    expect((await read<ClientsView>('/operations/clients?search=OTH')).total).toBe(1);
    expect((await read<ClientsView>('/operations/clients?status=disabled')).total).toBe(0);
  });
});

describe('a client that was disabled', () => {
  it('can be enabled again, by an operator', async () => {
    const path = `/clients/${other.clientId}`;
    await call(path, gateway.apiKey, { method: 'DELETE' });
    expect((await read<ClientsView>('/operations/clients?status=disabled')).data).toMatchObject([{ name: 'other' }]);
    const enable = (token: string | undefined) => call(`${path}/enable`, token, { method: 'POST' });
    expect((await enable(tokens.get('customer-success'))).status).toBe(403);
    expect((await enable(gateway.apiKey)).status).toBe(200);
    expect((await read<ClientsView>('/operations/clients?status=disabled')).total).toBe(0);
  });
});

describe('events', () => {
  it('tell the present state at once and then what changes', async () => {
    await using events = await listen('providers,runs');
    expect((await events.next()).topics).toContain('providers');
    gateway.emulator.script({ match: { model: 'mistral-large-2512' }, times: 1, fail: { status: 400 } });
    await connectOpenai(gateway, { maxRetries: 0 })
      .chat.completions.create({ model: 'mistral/mistral-large-2512', messages: [{ role: 'user', content: 'Hello' }] })
      .catch(() => undefined);
    await vi.waitFor(
      async () => {
        const { last } = await events.next();
        expect(last.providers && mistral(last.providers)?.failures.map(({ kind }) => kind)).toContain('rejected');
      },
      { timeout: 5_000, interval: 0 },
    );
  });

  it('want a topic that there is', async () => {
    expect((await call('/events?topics=gossip')).status).toBe(400);
  });

  it('end when the gateway drains', async () => {
    await using events = await listen('runs');
    await events.next();
    gateway.deps.operations.events.close();
    await vi.waitFor(async () => expect((await events.next()).isOver).toBe(true), { interval: 0 });
    expect((await call('/events')).status).toBe(429);
  });
});

/** The stream of events, read piece by piece. */
async function listen(topics: string) {
  const abort = new AbortController();
  const response = await call(`/events?topics=${topics}`, gateway.apiKey, { signal: abort.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const pieces = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const last: Partial<EventSnapshots> = {};
  let text = '';
  return {
    async next() {
      const piece = await pieces?.read();
      text += piece?.value ?? '';
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const [, topic, json] = /^event: (\w+)\ndata: (.*)$/s.exec(event) ?? [];
        if (topic !== undefined && json !== undefined) Object.assign(last, { [topic]: JSON.parse(json) });
      }
      return { last, topics: Object.keys(last), isOver: piece?.done ?? true };
    },
    async [Symbol.asyncDispose]() {
      abort.abort();
    },
  };
}
