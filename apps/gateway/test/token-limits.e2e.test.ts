import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGateway, type TestGateway } from './start-gateway.ts';

// Room for two such requests that really call somebody, not for three.
const LIMIT = 1000;
const LONG = 'Tell me about the river Rhine and the towns on its banks. '.repeat(32);

let gateway: TestGateway;
beforeAll(async () => {
  const client = { limits: { tokensPerMinute: LIMIT }, cache: { enabled: true, ttlSeconds: 60 } };
  gateway = await startGateway({ client });
});
afterAll(() => gateway.close());

const ask = (content: string) =>
  fetch(`${gateway.baseURL}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'openai/gpt-4o-mini', max_tokens: 5, messages: [{ role: 'user', content }] }),
  });

test('a cache hit gives its tokens back: only what went to a provider counts against the minute', async () => {
  expect((await ask(LONG)).headers.get('x-pointsman-cache')).toBe('miss');
  for (let i = 0; i < 4; i++) expect((await ask(LONG)).headers.get('x-pointsman-cache')).toBe('hit');
  expect((await ask(`${LONG} Please.`)).status).toBe(200);
  const third = await ask(`${LONG} Thank you.`);
  expect(third.status).toBe(429);
  expect(await third.json()).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
});

test('a refused request leaves the minute as it was', async () => {
  const fresh = await gateway.addClient({ name: 'fresh', limits: { tokensPerMinute: LIMIT } });
  const send = (body: Record<string, unknown>) =>
    fetch(`${gateway.baseURL}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${fresh.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: LONG }], ...body }),
    });
  for (let i = 0; i < 3; i++) expect((await send({ pointsman: { max_cost_usd: 1e-9 } })).status).toBe(422);
  expect((await send({ max_tokens: 5 })).status).toBe(200);
});
