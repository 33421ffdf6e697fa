import { connect } from 'node:net';
import { REPLY_HEADERS } from '@pointsman/contracts';
import type { Behaviour } from '@pointsman/provider-emulator';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { readDecision } from './read-decision.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';

const YAML = `
defaults: { retries: 0 }
limits: { maxRequestBytes: 4000000 }
`;
const logged: string[] = [];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ yaml: YAML, log: (line) => logged.push(line) });
});
afterEach(() => gateway.emulator.clear());
afterAll(() => gateway.close());

type Asked = { model?: string; headers?: Record<string, string>; apiKey?: string; path?: string };

function post(body: unknown, { headers, apiKey = gateway.apiKey, path = '/v1/chat/completions' }: Asked = {}) {
  return fetch(gateway.origin + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

const messages = [{ role: 'user', content: 'Hello' }];
const asking = (model: string, more: object = {}) => ({ model, messages, ...more });

/** The reply, which must not be an error of ours. */
async function answered(reply: Promise<Response>): Promise<{ reply: Response; text: string }> {
  const response = await reply;
  const text = await response.text();
  expect({ status: response.status, text }).toMatchObject({ status: 200 });
  return { reply: response, text };
}

describe('what one caller may learn', () => {
  test("never includes the provider's key, though the provider repeats it in mid-stream", async () => {
    const message = 'Incorrect API key provided: Bearer test-key';
    gateway.emulator.script({ match: { stream: true }, errorAfterChunks: 2, fail: { status: 500, message } });
    const { reply, text } = await answered(post(asking('openai/gpt-4o', { stream: true })));
    expect(text).toContain('Incorrect API key provided: Bearer [key]');
    const record = await readDecision(gateway, reply);
    expect(record.outcome).toBe('failed');
    expect(`${text}${JSON.stringify(record)}${logged.join('')}`).not.toContain('test-key');
  });

  test("never includes what another caller's request made the provider say", async () => {
    const fail = { status: 500, message: 'cannot parse "the secret of somebody else"' };
    gateway.emulator.script({ match: { model: 'gpt-4.1' }, fail });
    const first = await post(asking('openai/gpt-4.1'));
    expect(await first.text()).toContain('the secret');
    for (let i = 0; i < 6; i++) await post(asking('openai/gpt-4.1'));
    const { apiKey } = await gateway.addClient({ name: 'next' });
    const refusal = await (await post(asking('openai/gpt-4.1'), { apiKey })).text();
    expect(refusal).toContain('circuit open');
    expect(refusal).not.toContain('the secret');
  });
});

describe('a strange request', () => {
  test('may hold field names that no header can, and learns that they were ignored', async () => {
    const odd = {
      '漢字\r\nx-evil: 1': 1,
      ...Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`f${i}`, 1])),
    };
    for (const stream of [false, true]) {
      const { reply } = await answered(post(asking('mistral/mistral-small-latest', { ...odd, stream })));
      expect(reply.headers.get(REPLY_HEADERS.ignored)).toMatch(/^[ -~]{4,4000}$/);
      expect(reply.headers.get('x-evil')).toBeNull();
      expect(await readDecision(gateway, reply)).toMatchObject({ outcome: 'answered' });
    }
  });

  test.each([
    ['nested too deep', `{"model":"auto","messages":[],"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['of too many fields', JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`f${i}`, 1])))],
    ['with a model name nobody would type', JSON.stringify(asking('x'.repeat(1_000_000)))],
    ['with thousands of tags', JSON.stringify(asking('auto', { pointsman: { tags: { ...Array(1_000).fill('x') } } }))],
    ['with thousands of patterns', JSON.stringify(asking('auto', { pointsman: { models: Array(1_000).fill('x*') } }))],
  ])('%s is refused with a reason, before any provider is called', async (_what, body) => {
    const reply = await post(body);
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ error: { code: 'invalid_request' } });
    expect(gateway.emulator.requests).toHaveLength(0);
  });

  test('leaves a record with bounded texts that the database can hold', async () => {
    const body = asking('openai/gpt-4o-mini', {
      user: `\u0000\ud800${'u'.repeat(1_000_000)}`,
      prompt_cache_key: `\u0000\ud800${'s'.repeat(1_000_000)}`,
      pointsman: { tags: { 'k\u0000': 'v\udc00' } },
    });
    const { reply } = await answered(post(body));
    const id = reply.headers.get(REPLY_HEADERS.decisionId);
    const stored = await expect
      .poll(() => gateway.deps.repositories.decisions.get(id ?? '', gateway.clientId), { timeout: 5_000 })
      .toBeDefined()
      .then(() => gateway.deps.repositories.decisions.get(id ?? '', gateway.clientId));
    expect(stored?.endUser).toHaveLength(256);
    expect(stored?.session?.length).toBeLessThanOrEqual(256);
  });

  test('of a stranger is refused before its body is read', async () => {
    const socket = connect(Number(new URL(gateway.origin).port), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.write(
      'POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer pm_x\r\ncontent-length: 3000000\r\n\r\n{',
    );
    const head = await new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(String(bytes))));
    expect(head).toMatch(/^HTTP\/1.1 401 /);
  });

  test('too large leaves a record, as every request of a known caller does', async () => {
    const reply = await post(asking('auto', { x: 'x'.repeat(4_000_000) }));
    expect(reply.status).toBe(413);
    expect(await readDecision(gateway, reply)).toMatchObject({ outcome: 'refused', errorCode: 'request_too_large' });
  });
});

describe('a provider that misbehaves', () => {
  const chunk = (delta: object, finish: string | null = null) =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
  const usageOf = (usage: object) => `data: ${JSON.stringify({ id: 'c', choices: [], usage })}\n\n`;

  test('and counts more tokens than there are costs an estimate, never nothing and never an error', async () => {
    const absurd = { prompt_tokens: Number.MAX_SAFE_INTEGER, completion_tokens: Number.MAX_SAFE_INTEGER };
    const rawChunks = [chunk({ content: 'Hi' }), chunk({}, 'stop'), usageOf(absurd), 'data: [DONE]\n\n'];
    gateway.emulator.script({ rawChunks });
    const { reply, text } = await answered(post(asking('openai/gpt-4o-mini', { stream: true })));
    expect(text).toMatch(/\[DONE\]\n\n$/);
    const { cost } = await readDecision(gateway, reply);
    expect(cost).toMatchObject({ status: 'estimated', nanoUsd: expect.any(Number) });
  });

  test.each<[string, Behaviour]>([
    ['is cut in the middle', { cutAfterChunks: 2 }],
    ['ends in an error', { errorAfterChunks: 2 }],
    ['holds what is no JSON', { rawChunks: [chunk({ content: 'a' }), 'data: {oops\n\n', 'data: [DONE]\n\n'] }],
  ])('and whose stream %s never fills the cache', async (_what, behaviour) => {
    const { apiKey } = await gateway.addClient({ name: 'cached', cache: { enabled: true, ttlSeconds: 60 } });
    const body = asking('groq/llama-3.1-8b-instant', { stream: true });
    gateway.emulator.script({ ...behaviour, times: 1 });
    await (await post(body, { apiKey })).text();
    const { reply, text } = await answered(post(body, { apiKey }));
    expect(reply.headers.get(REPLY_HEADERS.cache)).toBe('miss');
    expect(text).toMatch(/\[DONE\]\n\n$/);
  });
});

describe('a constraint', () => {
  test('on the price is no question that another price has answered', async () => {
    const { apiKey } = await gateway.addClient({ name: 'frugal', cache: { enabled: true, ttlSeconds: 60 } });
    const body = asking('openai/gpt-4o');
    await answered(post(body, { apiKey }));
    const dear = await post({ ...body, provider: { max_price: { prompt: 0.01 } } }, { apiKey });
    expect(dear.status).toBe(422);
    const { reply } = await answered(post(body, { apiKey }));
    expect(reply.headers.get(REPLY_HEADERS.cache)).toBe('hit');
  });

  test("of OpenRouter's `models` bounds what auto chooses among", async () => {
    const models = ['mistral/mistral-small-latest', 'mistral/mistral-large-latest'];
    const { reply } = await answered(post(asking('auto', { models })));
    expect(models).toContain(reply.headers.get(REPLY_HEADERS.model));
    expect((await post(asking('auto', { models: ['no/such-model'] }))).status).toBe(422);
  });

  test.each([
    ['region', { pointsman: { region: 'nowhere' } }, {}],
    ['region in a header', {}, { 'x-pointsman-region': 'nowhere' }],
    ['models', { pointsman: { models: ['mistral/*'] } }, {}],
    ['ceiling', { pointsman: { max_cost_usd: 1e-9 } }, {}],
  ])('holds for embeddings too: %s', async (_what, options, headers) => {
    const body = { model: 'openai/text-embedding-3-large', input: 'many words '.repeat(100), ...options };
    const reply = await post(body, { headers, path: '/v1/embeddings' });
    expect(reply.status).toBe(422);
    expect(gateway.emulator.requests).toHaveLength(0);
  });
});

describe('the admin API', () => {
  test.each([
    ['/api/clients', { name: 'a\u0000b' }],
    ['/api/clients', { name: 'x', regions: ['\u0000'] }],
    ['/api/clients', { name: 'rich', limits: { budgetDayUsd: 1e10 } }],
    ['/api/sign-in', { email: 'a\u0000@example', password: 'x' }],
  ])('calls what cannot be stored the fault of whoever sent it: %s %j', async (path, body) => {
    const reply = await post(body, { path });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ error: { code: 'invalid_request' } });
  });

  test.each(['model=%00', 'from=0000-01-01T00:00:00Z', `before=8640000000000000.dec_${'0'.repeat(32)}`])(
    'answers no query with a fault of ours: %s',
    async (query) => {
      const headers = { authorization: `Bearer ${gateway.apiKey}` };
      expect((await fetch(`${gateway.origin}/api/decisions?${query}`, { headers })).status).toBe(400);
    },
  );

  test.each(['/api/sign-in', '/v1/pointsman/feedback'])(
    'reads no endless body at %s, announced or not',
    async (path) => {
      const reply = await post(`{"email":"${'x'.repeat(2_000_000)}"}`, { path });
      expect(reply.status).toBe(413);
      expect(await reply.json()).toMatchObject({ error: { code: 'request_too_large' } });
      const unannounced = await fetch(gateway.origin + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${gateway.apiKey}`, 'content-type': 'application/json' },
        body: new Blob([`{"email":"${'x'.repeat(2_000_000)}"}`]).stream(),
        duplex: 'half',
      });
      expect(unannounced.status).toBe(413);
    },
  );

  test('lets nobody guess passwords all at once', async () => {
    const guess = (n: number) => post({ email: 'boss@example', password: `guess ${n}` }, { path: '/api/sign-in' });
    const replies = await Promise.all(Array.from({ length: 30 }, (_, n) => guess(n)));
    expect(replies.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(10);
    expect(replies.every(({ status }) => status === 401 || status === 429)).toBe(true);
  });
});

test('a caller who hangs up on an embedding is no fault of ours', async () => {
  gateway.emulator.script({ latencyMs: 2_000 });
  const before = logged.length;
  const controller = new AbortController();
  const reply = fetch(`${gateway.baseURL}/embeddings`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.apiKey}` },
    body: JSON.stringify({ model: 'openai/text-embedding-3-small', input: 'x' }),
    signal: controller.signal,
  });
  await expect.poll(() => gateway.emulator.requests).toHaveLength(1);
  controller.abort();
  await expect(reply).rejects.toThrow();
  const outcomes = async () => {
    const { decisions } = await gateway.deps.repositories.decisions.list({ clientId: gateway.clientId, limit: 100 });
    return decisions.filter(({ endpoint }) => endpoint === 'embeddings').map(({ outcome }) => outcome);
  };
  await expect.poll(outcomes, { timeout: 5_000 }).toContain('abandoned');
  expect(logged.slice(before)).toEqual([]);
});
