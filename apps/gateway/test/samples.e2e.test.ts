import type { RequestSample } from '@pointsman/db';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiCall, callApi, signInAs } from './act-as.ts';
import { connectOpenai } from './connect-openai.ts';
import { startGateway, type TestClient, type TestGateway } from './start-gateway.ts';

const MODEL = 'openai/gpt-4.1-mini';

let gateway: TestGateway;
let sampled: TestClient;
let owner: ApiCall;
beforeAll(async () => {
  gateway = await startGateway();
  sampled = await gateway.addClient({ name: 'sampled', sampling: { share: 1, retentionDays: 7 } });
  owner = callApi(gateway, await signInAs(gateway, 'client-owner', sampled.clientId));
});
afterAll(() => gateway.close());

const say = async (client: { apiKey: string }, content: string, changes: object = {}) => {
  gateway.emulator.script({ reply: `You said: ${content}`, times: 1 });
  const body = { model: MODEL, messages: [{ role: 'user' as const, content }], ...changes };
  return connectOpenai(gateway, { apiKey: client.apiKey }).chat.completions.create(body);
};
async function samplesOf(clientId: string): Promise<RequestSample[]> {
  await gateway.deps.samples.flush();
  return (await gateway.deps.repositories.requestSamples.list({ clientId, limit: 100 })).samples;
}

describe('production samples', () => {
  test('are kept of no client that did not opt in', async () => {
    await say(gateway, 'private');
    expect(await samplesOf(gateway.clientId)).toEqual([]);
  });

  test('hold prompt and reply without what identifies people, plain or streamed', async () => {
    await say(sampled, 'I am ann@acme.example', { user: 'ann' });
    const stream = await say(sampled, 'Call +33 6 12 34 56 78', { stream: true, user: 'bob' });
    for await (const _ of stream as unknown as AsyncIterable<unknown>);
    const samples = await samplesOf(sampled.clientId);
    expect(samples.map(({ messages, reply, modelId }) => ({ messages, reply, modelId }))).toEqual([
      {
        messages: [{ role: 'user', content: 'Call [PHONE]' }],
        reply: 'You said: Call [PHONE]',
        modelId: MODEL,
      },
      { messages: [{ role: 'user', content: 'I am [EMAIL]' }], reply: 'You said: I am [EMAIL]', modelId: MODEL },
    ]);
    const [first] = samples;
    const kept = Date.parse(first?.expiresAt ?? '') - Date.parse(first?.at ?? '');
    expect(kept).toBe(7 * 86_400_000);
    expect(await gateway.deps.metrics.registry.metrics()).toContain('pointsman_samples{result="stored"} 2');
  });

  test('are not taken of replies that failed or were left', async () => {
    const before = (await samplesOf(sampled.clientId)).length;
    gateway.emulator.script({ reply: 'one two three four', cutAfterChunks: 3, times: 1 });
    const cut = connectOpenai(gateway, { apiKey: sampled.apiKey }).chat.completions.create({
      model: MODEL,
      stream: true,
      messages: [{ role: 'user', content: 'Break' }],
    });
    await cut
      .then(async (stream) => {
        for await (const _ of stream);
      }, String)
      .catch(() => undefined);
    expect(await samplesOf(sampled.clientId)).toHaveLength(before);
  });

  test('are counted for the client’s people and erased by its owner, for one end user or all', async () => {
    const path = `/clients/${sampled.clientId}/samples`;
    await say(sampled, 'of carol', { user: 'carol' });
    // Not written yet: erasing reaches it all the same.
    expect((await owner('DELETE', `${path}?end_user=carol`)).body).toEqual({ erased: 1 });
    const left = (await samplesOf(sampled.clientId)).length;
    expect((await owner('GET', path)).body).toEqual({ stored: left, oldestAt: expect.any(String) });
    const member = callApi(gateway, await signInAs(gateway, 'client-member', sampled.clientId));
    expect((await member('DELETE', path)).status).toBe(403);
    expect((await member('GET', path)).status).toBe(200);
    const stranger = callApi(gateway, await signInAs(gateway, 'client-owner', gateway.clientId));
    expect([(await stranger('GET', path)).status, (await stranger('DELETE', path)).status]).toEqual([404, 404]);
    expect((await owner('DELETE', path)).body).toEqual({ erased: left });
    expect((await owner('GET', path)).body).toEqual({ stored: 0 });
  });

  test('end when their client opts out, within a second', async () => {
    expect((await owner('PATCH', `/clients/${sampled.clientId}`, { sampling: null })).status).toBe(200);
    const before = await gateway.deps.repositories.configRevision();
    expect(before).toBeGreaterThan(0);
    await expect
      .poll(
        async () => {
          await say(sampled, 'after');
          const taken = (await samplesOf(sampled.clientId)).length;
          await gateway.deps.repositories.requestSamples.erase(sampled.clientId);
          return taken;
        },
        { timeout: 3_000, interval: 100 },
      )
      .toBe(0);
  });
});
