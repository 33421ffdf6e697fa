import { type Decision, decisionSchema, REPLY_HEADERS } from '@pointsman/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startGateway, type TestGateway } from '../start-gateway.ts';
import { METERED_YAML } from './metered-models.ts';
import { postChat } from './post-chat.ts';
import { readEvents } from './read-events.ts';
import { recordsIn } from './records-in.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ yaml: METERED_YAML, log: () => undefined });
});
afterEach(() => gateway.emulator.clear());
afterAll(() => gateway.close());

const cache = { enabled: true, ttlSeconds: 60 };

describe('invariant 3: every authenticated request leaves exactly one decision record', () => {
  const model = 'openai/metered';
  let client: { baseURL: string; apiKey: string };
  let clientId: string;
  beforeAll(async () => {
    const added = await gateway.addClient({ name: 'recorded', cache });
    client = { baseURL: gateway.baseURL, apiKey: added.apiKey };
    clientId = added.clientId;
  });

  /** What the database holds of the client once it holds at least so many, and what came besides. */
  async function recordsOf(atLeast: number): Promise<Decision[]> {
    const list = async () => (await gateway.deps.repositories.decisions.list({ clientId, limit: 500 })).decisions;
    await vi.waitUntil(async () => (await list()).length >= atLeast, { timeout: 5000, interval: 20 });
    await vi.waitUntil(async () => (await recordsIn(gateway.origin, 'queued')) === 0, { timeout: 5000, interval: 20 });
    return list();
  }

  const read = async (reply: Response) => {
    await reply.text();
    return reply.headers.get(REPLY_HEADERS.decisionId) ?? '';
  };
  const ask = async (body: object) => read(await postChat(client, body));

  async function abandon(stream: boolean): Promise<void> {
    const seen = gateway.emulator.requests.length;
    gateway.emulator.script(stream ? { hangAfterChunks: 4, times: 1 } : { hangBeforeHeaders: true, times: 1 });
    const abort = new AbortController();
    const body = { model, stream, messages: [{ role: 'user', content: `Leave ${stream}` }] };
    const asked = postChat(client, body, { signal: abort.signal });
    if (stream) for await (const _ of readEvents(await asked)) break;
    else await vi.waitUntil(() => gateway.emulator.requests[seen]?.body, { timeout: 5000, interval: 2 });
    abort.abort();
    await asked.catch(() => undefined);
  }

  test('answered, cached, refused, failed or abandoned, whatever became of it', async () => {
    const ids = [
      await ask({ model }),
      await ask({ model, stream: true }),
      await ask({ model: 'auto', stream: true, pointsman: { cache: 'off' } }),
      await ask({ model: 'no/such' }),
      await ask({ messages: 'none' }),
      await ask({ model, max_completion_tokens: 10_000_000 }),
    ];
    gateway.emulator.script({ fail: { status: 500 }, times: 1 });
    ids.push(await ask({ model, messages: [{ role: 'user', content: 'Fail' }] }));
    gateway.emulator.script({ reply: 'one two three four', cutAfterChunks: 3, times: 1 });
    ids.push(await ask({ model, stream: true, messages: [{ role: 'user', content: 'Break' }] }));
    await abandon(true);
    await abandon(false);
    const embedding = await fetch(`${gateway.baseURL}/embeddings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${client.apiKey}` },
      body: JSON.stringify({ model: 'openai/text-embedding-3-small', input: 'Hello' }),
    });
    ids.push(await read(embedding));
    // Nobody is known to have asked: there is nothing to record.
    expect((await postChat({ ...client, apiKey: 'pm_nobody' })).status).toBe(401);

    const records = await recordsOf(ids.length + 2);
    expect(records).toHaveLength(ids.length + 2);
    expect(records.map((record) => record.id)).toEqual(expect.arrayContaining(ids));
    expect(new Set(records.map((record) => record.id)).size).toBe(records.length);
    const outcomes = Object.groupBy(records, (record) => record.outcome);
    expect(Object.fromEntries(Object.entries(outcomes).map(([outcome, those]) => [outcome, those?.length]))).toEqual({
      answered: 3,
      cached: 1,
      refused: 3,
      failed: 2,
      abandoned: 2,
    });
  });

  test('and it names client, key, arm, router and catalogue version, and the probability of the choice', async () => {
    const { version: router } = gateway.deps.pipeline.manifest() ?? {};
    const { version: catalogVersion } = gateway.deps.pipeline.directory().catalog;
    for (const record of await recordsOf(1)) {
      expect(decisionSchema.parse(record)).toMatchObject({
        clientId,
        arm: 'router',
        catalogVersion,
        choiceProbability: 1,
      });
      expect(record.keyId).toMatch(/^key_/);
      expect([router, 'none']).toContain(record.routerVersion);
    }
  });
});
