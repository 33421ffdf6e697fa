import { type Decision, REPLY_HEADERS } from '@pointsman/contracts';
import { type Database, repositories } from '@pointsman/db';
import { sampleDecision } from '@pointsman/db/testing';
import { type Behaviour, startEmulator } from '@pointsman/provider-emulator';
import { temporaryFolder, testDatabase } from '@pointsman/testkit';
import { Agent, request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { readDecision } from '../read-decision.ts';
import { providersYaml, startGateway, type TestGateway } from '../start-gateway.ts';
import { startGatewayProcess } from './gateway-process.ts';
import { METERED_MODELS, METERED_YAML, RATES } from './metered-models.ts';
import { postChat } from './post-chat.ts';
import { argumentsIn, readChunks, readEvents, readText } from './read-events.ts';
import { recordsIn } from './records-in.ts';

// Processes are started here, beside whatever else the machine is doing.
vi.setConfig({ testTimeout: 60_000 });

// What users of other gateways complain of, in their words; each is quoted by the test that would fail if it were true here.

const YAML = `${METERED_YAML}
  openai/deep: { contextTokens: 100000, prices: [{ from: 2026-01-01, inputUsdPerMtok: 2, cachedInputUsdPerMtok: 0.2, outputUsdPerMtok: 1 }] }
  openai/shallow: { contextTokens: 100000, prices: [{ from: 2026-01-01, inputUsdPerMtok: 1.5, outputUsdPerMtok: 1 }] }
  openai/short: { contextTokens: 1000, prices: [{ from: 2026-01-01, inputUsdPerMtok: 0.001, outputUsdPerMtok: 0.001 }] }
  openai/dear: { contextTokens: 100000, prices: [{ from: 2026-01-01, inputUsdPerMtok: 100000, outputUsdPerMtok: 100000 }] }
  openai/first: { contextTokens: 1000, prices: [{ from: 2026-01-01, inputUsdPerMtok: 1, outputUsdPerMtok: 1 }] }
  openai/second: { contextTokens: 1000, prices: [{ from: 2026-01-01, inputUsdPerMtok: 1, outputUsdPerMtok: 1 }] }
`;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({
    yaml: YAML,
    policies: [
      { name: 'cheap', minScores: {} },
      { name: 'pair', minScores: {}, allowedModels: ['openai/deep', 'openai/shallow'] },
      { name: 'sizes', minScores: {}, allowedModels: ['openai/short', 'openai/deep'] },
    ],
  });
});
afterEach(() => gateway.emulator.clear());
afterAll(() => gateway.close());

const ask = (body: object, headers: Record<string, string> = {}) => postChat(gateway, body, { headers });
const upstreamOf = (model: string) => model.slice(model.indexOf('/') + 1);
const words = (count: number) => Array.from({ length: count }, (_, n) => `word${n}`).join(' ');

/** Asks once, plain or streamed and without a wish for usage, reads to the end, and returns what was recorded. */
async function recordOf(model: string, stream: boolean, behaviour: Behaviour = {}): Promise<Decision> {
  gateway.emulator.script({ ...behaviour, times: 1 });
  const reply = await ask({ model, stream });
  await reply.text();
  return readDecision(gateway, reply);
}

const costOf = ({ usage }: Decision) => {
  const { inputTokens = 0, cachedInputTokens = 0, cacheWriteTokens = 0, outputTokens = 0 } = usage;
  const plain = inputTokens - cachedInputTokens - cacheWriteTokens;
  return (
    plain * RATES.input +
    cachedInputTokens * RATES.cached +
    cacheWriteTokens * RATES.cacheWrite +
    outputTokens * RATES.output
  );
};

describe('wrong cost', () => {
  test.each(METERED_MODELS)(
    '"streams logged as 0": a stream of %s costs what the same plain reply costs',
    async (model) => {
      const plain = await recordOf(model, false);
      const stream = await recordOf(model, true);
      expect(stream.usage.outputTokens).toBeGreaterThan(0);
      expect(stream.cost).toEqual({ status: 'exact', nanoUsd: costOf(stream) });
      expect(stream.cost).toEqual(plain.cost);
    },
  );

  test.each(METERED_MODELS)(
    '"streams logged as 0": a stream of %s without usage is estimated, and adds to the usage report',
    async (model) => {
      const spent = async () => {
        const reply = await fetch(`${gateway.origin}/api/usage?by=model`, {
          headers: { authorization: `Bearer ${gateway.apiKey}` },
        });
        const { data } = (await reply.json()) as { data: { key: { model?: string }; costNanoUsd: number }[] };
        return data.find((row) => row.key.model === model)?.costNanoUsd ?? 0;
      };
      await recorded();
      const before = await spent();
      const { cost } = await recordOf(model, true, { omitUsage: true });
      expect(cost.status).toBe('estimated');
      if (cost.status === 'unknown') throw new Error(cost.why);
      expect(cost.nanoUsd).toBeGreaterThan(0);
      await recorded();
      expect(await spent()).toBe(before + cost.nanoUsd);
    },
  );

  test.each(METERED_MODELS.flatMap((model) => [false, true].map((stream) => ({ model, stream }))))(
    '"cached tokens billed as input": $model, streamed $stream, bills them at their own price',
    async ({ model, stream }) => {
      const decision = await recordOf(model, stream, { cachedInputTokens: 1000 });
      expect(decision.usage.cachedInputTokens).toBe(1000);
      expect(decision.cost).toEqual({ status: 'exact', nanoUsd: costOf(decision) });
    },
  );

  test('"a price in the last chunk dropped": a cost that the provider reports is the cost', async () => {
    for (const stream of [false, true]) {
      const { cost, usage } = await recordOf('groq/metered', stream, { usageCostUsd: 0.0123 });
      expect(usage.reportedCostNanoUsd).toBe(12_300_000);
      expect(cost).toEqual({ status: 'exact', nanoUsd: 12_300_000 });
    }
  });

  test('"a price in the last chunk dropped": usage that rides on the chunk with the finish reason is billed', async () => {
    const decision = await recordOf('groq/metered', true, { usageOnLastChoice: true });
    expect(decision.usage.outputTokens).toBeGreaterThan(0);
    expect(decision.cost).toEqual({ status: 'exact', nanoUsd: costOf(decision) });
  });
});

describe('budgets', () => {
  test('"that do not bite (pass-through routes, end-user headers)": a spent budget ends every way to a provider', async () => {
    const poor = await gateway.addClient({ name: 'spent', limits: { budgetDayUsd: 0.000_000_001 } });
    const target = { baseURL: gateway.baseURL, apiKey: poor.apiKey };
    const ways: [object, Record<string, string>][] = [
      [{ model: 'auto' }, {}],
      [{ model: 'auto', stream: true }, {}],
      [{ model: 'openai/gpt-4o-mini', user: 'somebody-else' }, {}],
      [{ model: 'gpt-4o-mini', models: ['claude-haiku-4-5'] }, {}],
      [{ pointsman: { end_user: 'vip', session: 'long' } }, {}],
      [{}, { 'x-pointsman-end-user': 'vip', 'x-forwarded-user': 'vip', 'openai-organization': 'other' }],
    ];
    for (const [body, headers] of ways) {
      const reply = await postChat(target, body, { headers });
      expect([reply.status, await reply.json()]).toMatchObject([429, { error: { code: 'budget_exceeded' } }]);
    }
    const embedding = await fetch(`${gateway.baseURL}/embeddings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${poor.apiKey}` },
      body: JSON.stringify({ model: 'openai/text-embedding-3-small', input: words(200) }),
    });
    expect(embedding.status).toBe(429);
    expect(gateway.emulator.requests).toEqual([]);
  });

  test('"or bite without being set": a client without a budget is never asked for one, however dear its calls', async () => {
    const free = await gateway.addClient({ name: 'unlimited', limits: { requestsPerMinute: 1000 } });
    const target = { baseURL: gateway.baseURL, apiKey: free.apiKey };
    const spent: number[] = [];
    for (let n = 0; n < 20; n += 1) {
      const reply = await postChat(target, { model: 'openai/dear' });
      expect(reply.status).toBe(200);
      spent.push(Number(reply.headers.get(REPLY_HEADERS.costUsd)));
    }
    expect(spent.reduce((sum, usd) => sum + usd)).toBeGreaterThan(20);
    expect(gateway.deps.pipeline.budgets.status(free.clientId)).toEqual([]);
  });
});

describe('streams that break', () => {
  // The provider falls silent in the middle of its stream: whoever collects it would never come to the end of the test.
  test.each(METERED_MODELS)('"tool-call deltas buffered": those of %s arrive before its stream ends', async (model) => {
    gateway.emulator.script({
      match: { model: upstreamOf(model) },
      toolCalls: [{ name: 'look_up', arguments: { query: words(30) } }],
      hangAfterChunks: 12,
      times: 1,
    });
    const abort = new AbortController();
    const tools = [{ type: 'function', function: { name: 'look_up', parameters: { type: 'object', properties: {} } } }];
    const reply = await postChat(gateway, { model, tools, stream: true }, { signal: abort.signal });
    let seen = '';
    for await (const chunk of readChunks(reply)) {
      seen += argumentsIn(chunk);
      if (seen !== '') break;
    }
    abort.abort();
    expect(seen).toMatch(/^\{/);
    expect(gateway.emulator.requests.map((sent) => sent.finishedAtMs)).toEqual([undefined]);
  });

  test('"tool-call deltas buffered": each delta is passed on by itself', async () => {
    gateway.emulator.script({ toolCalls: [{ name: 'look_up', arguments: { query: words(30) } }], betweenTokensMs: 4 });
    const tools = [{ type: 'function', function: { name: 'look_up', parameters: { type: 'object', properties: {} } } }];
    const arrivals: number[] = [];
    for await (const chunk of readChunks(await ask({ model: 'openai/metered', tools, stream: true }))) {
      if (argumentsIn(chunk) !== '') arrivals.push(Date.now());
    }
    const finished = gateway.emulator.requests[0]?.finishedAtMs ?? 0;
    expect(arrivals.length).toBeGreaterThan(30);
    expect(finished - (arrivals[0] ?? finished)).toBeGreaterThan(100);
    // Never in one lump at the end: half of them have come when half of the time is over.
    const middle = ((arrivals[0] ?? 0) + (arrivals.at(-1) ?? 0)) / 2;
    expect(arrivals.filter((at) => at <= middle).length).toBeGreaterThan(arrivals.length / 4);
  });

  test.each(METERED_MODELS.flatMap((model) => (['gzip', 'br'] as const).map((encoding) => ({ model, encoding }))))(
    '"gzip or brotli SSE": a stream of $model in $encoding is passed on readable, and while it comes',
    async ({ model, encoding }) => {
      const match = { model: upstreamOf(model) };
      gateway.emulator.script({ match, reply: words(20), encoding, times: 1 });
      const reply = await ask({ model, stream: true });
      expect(reply.headers.get('content-encoding')).toBeNull();
      expect(await readText(reply)).toBe(words(20));
      expect((await readDecision(gateway, reply)).cost.status).toBe('exact');

      gateway.emulator.script({ match, reply: words(20), encoding, hangAfterChunks: 8, times: 1 });
      const abort = new AbortController();
      const silent = await postChat(gateway, { model, stream: true }, { signal: abort.signal });
      let seen = '';
      for await (const chunk of readChunks(silent)) {
        seen += chunk.choices[0]?.delta.content ?? '';
        if (seen !== '') break;
      }
      abort.abort();
      expect(words(20).startsWith(seen)).toBe(true);
    },
  );

  test('"cache hits that are not streams": a hit is a stream when a stream is asked for, and costs nothing', async () => {
    const cache = { enabled: true, ttlSeconds: 60 };
    const { apiKey, clientId } = await gateway.addClient({ name: 'cached', cache });
    const target = { baseURL: gateway.baseURL, apiKey };
    const body = { model: 'openai/metered', messages: [{ role: 'user', content: 'Cache me' }] };
    const first = await readText(await postChat(target, { ...body, stream: true }));
    const hit = await postChat(target, { ...body, stream: true, stream_options: { include_usage: true } });
    expect(hit.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(hit.headers.get(REPLY_HEADERS.cache)).toBe('hit');
    const events: string[] = [];
    for await (const event of readEvents(hit)) events.push(event);
    expect(events.pop()).toBe('[DONE]');
    const chunks = events.map((event) => JSON.parse(event));
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe(first);
    expect(chunks.length).toBeGreaterThan(2);
    expect(chunks.at(-1)).toMatchObject({
      choices: [],
      pointsman: { cache: 'hit', cost_usd: '0', cost_status: 'exact' },
    });
    expect(gateway.emulator.requests).toHaveLength(1);
    const decision = await gateway.deps.findDecision(hit.headers.get(REPLY_HEADERS.decisionId) ?? '', clientId);
    expect(decision).toMatchObject({ outcome: 'cached', cost: { status: 'exact', nanoUsd: 0 }, attempts: [] });
  });
});

describe('"a client that hangs up while the provider goes on being paid"', () => {
  const hungUpAtMs = () =>
    vi.waitUntil(() => gateway.emulator.requests.at(-1)?.abortedAtMs, { timeout: 5000, interval: 2 });

  // A busy machine may be late once; a gateway that goes on paying is late every time.
  const patient = { retry: 2 };

  test.each(METERED_MODELS)('in the middle of a stream: %s hears of it within 100 ms', patient, async (model) => {
    gateway.emulator.clear();
    gateway.emulator.script({ chunkCount: 500, betweenTokensMs: 10 });
    const abort = new AbortController();
    const reply = await postChat(gateway, { model, stream: true }, { signal: abort.signal });
    for await (const _ of readEvents(reply)) break;
    const leftAtMs = Date.now();
    abort.abort();
    expect((await hungUpAtMs()) - leftAtMs).toBeLessThan(100);
  });

  test.each(METERED_MODELS)('while %s is still working on a plain reply: within 100 ms', patient, async (model) => {
    gateway.emulator.clear();
    gateway.emulator.script({ hangBeforeHeaders: true });
    const abort = new AbortController();
    const reply = postChat(gateway, { model }, { signal: abort.signal }).catch((error: unknown) => error);
    await vi.waitUntil(() => gateway.emulator.requests.at(-1)?.body, { timeout: 5000, interval: 2 });
    const leftAtMs = Date.now();
    abort.abort();
    expect((await hungUpAtMs()) - leftAtMs).toBeLessThan(100);
    expect(await reply).toMatchObject({ name: 'AbortError' });
  });

  test('and nobody else is tried in its name', async () => {
    gateway.emulator.script({ hangBeforeHeaders: true });
    const abort = new AbortController();
    const models = ['openai/metered', 'anthropic/metered', 'groq/metered'];
    const reply = postChat(gateway, { model: models[0], models }, { signal: abort.signal }).catch(() => 'gone');
    await vi.waitUntil(() => gateway.emulator.requests.at(-1)?.body, { timeout: 5000, interval: 2 });
    abort.abort();
    expect(await reply).toBe('gone');
    await hungUpAtMs();
    const last = await vi.waitUntil(newestDecision, { timeout: 5000, interval: 10 });
    expect(last).toMatchObject({ outcome: 'abandoned', attempts: [{ outcome: 'abandoned', modelId: models[0] }] });
    expect(last.cost.status).toBe('estimated');
    expect(gateway.emulator.requests).toHaveLength(1);
  });

  /** The newest record, once all before it have been written. */
  async function newestDecision(): Promise<Decision | undefined> {
    await recorded();
    const { decisions } = await gateway.deps.repositories.decisions.list({ limit: 1 });
    return decisions[0]?.outcome === 'abandoned' ? decisions[0] : undefined;
  }
});

describe('"fallbacks that do not fire on an error in the first chunk"', () => {
  const second = 'openai/second';
  test.each([
    ['openai', 'nothing', { errorInFirstChunk: true }],
    ['openai', 'a chunk with only a role', { errorAfterChunks: 1 }],
    ['openai', 'nothing, the connection being cut', { cutAfterChunks: 0 }],
    ['openai', 'a chunk with only a role, the connection being cut', { cutAfterChunks: 1 }],
    ['anthropic', 'nothing', { errorInFirstChunk: true }],
    ['anthropic', 'the head of its message', { errorAfterChunks: 1 }],
    ['anthropic', 'the head of its message and an empty block', { errorAfterChunks: 2 }],
    ['mistral', 'nothing', { errorInFirstChunk: true }],
    ['mistral', 'a chunk with only a role', { errorAfterChunks: 1 }],
    ['groq', 'nothing', { errorInFirstChunk: true }],
    ['groq', 'a chunk with only a role', { errorAfterChunks: 1 }],
  ] as const)('%s fails after %s', async (provider, _what, behaviour) => {
    gateway.emulator.script({ match: { model: 'metered' }, ...behaviour, times: 1 });
    const model = `${provider}/metered`;
    const reply = await ask({ model, models: [second], stream: true });
    expect(reply.headers.get(REPLY_HEADERS.model)).toBe(second);
    const text = await readText(reply);
    expect(text).toContain('Hello');
    expect(await readDecision(gateway, reply)).toMatchObject({
      outcome: 'answered',
      reason: 'fallback',
      modelId: second,
      attempts: [
        { modelId: model, outcome: 'failed', failure: 'transient' },
        { modelId: second, outcome: 'answered' },
      ],
    });
  });

  test('and after the first real chunk nothing is tried elsewhere: the reply would be of two minds', async () => {
    gateway.emulator.script({ match: { model: 'first' }, reply: words(20), errorAfterChunks: 6, times: 1 });
    const reply = await ask({ model: 'openai/first', models: [second], stream: true });
    const events: string[] = [];
    for await (const event of readEvents(reply)) events.push(event);
    expect(events.at(-1)).toContain('upstream_interrupted');
    expect(events).not.toContain('[DONE]');
    expect(gateway.emulator.requests.map((sent) => sent.model)).toEqual(['first']);
  });
});

test('"health checks that call paid models": no probe, list or report reaches a provider', async () => {
  const headers = { authorization: `Bearer ${gateway.apiKey}` };
  const paths = ['/livez', '/readyz', '/metrics', '/v1/models', '/v1/models/gpt-4o-mini', '/api/usage', '/api/models'];
  for (const path of paths)
    expect([path, (await fetch(`${gateway.origin}${path}`, { headers })).status]).toEqual([path, 200]);
  expect(gateway.emulator.requests).toEqual([]);
  const idle = await startGateway({ yaml: YAML });
  onTestFinished(() => idle.close());
  await vi.waitUntil(async () => (await fetch(`${idle.origin}/readyz`)).ok, { timeout: 5000, interval: 20 });
  expect(idle.emulator.requests).toEqual([]);
});

describe('"context length ignored"', () => {
  const long = [{ role: 'user', content: words(2000) }];

  test('the router passes over a model into which the prompt does not fit, however cheap', async () => {
    const short = await ask({ model: 'auto/sizes' });
    expect(short.headers.get(REPLY_HEADERS.model)).toBe('openai/short');
    const reply = await ask({ model: 'auto/sizes', messages: long });
    expect(reply.headers.get(REPLY_HEADERS.model)).toBe('openai/deep');
    const { candidates } = await readDecision(gateway, reply);
    expect(candidates).toContainEqual(
      expect.objectContaining({ modelId: 'openai/short', removedBy: 'context-length' }),
    );
  });

  test('a model that was named is not called with what it cannot take', async () => {
    const reply = await ask({ model: 'openai/short', messages: long });
    expect([reply.status, await reply.text()]).toEqual([422, expect.stringMatching(/no_eligible_model/)]);
    expect(gateway.emulator.requests).toEqual([]);
  });

  test('where a provider counts more tokens than we did, another model answers', async () => {
    gateway.emulator.script({ match: { model: 'first' }, fail: { status: 400, kind: 'context_length' }, times: 1 });
    const reply = await ask({ model: 'openai/first', models: ['openai/second'] });
    expect(reply.headers.get(REPLY_HEADERS.model)).toBe('openai/second');
    expect((await readDecision(gateway, reply)).attempts[0]).toMatchObject({ failure: 'unsuitable' });
  });
});

describe('"a tier flip"', () => {
  test('"that loses the provider’s prompt cache": a session stays where its prompt is cached while that is cheaper', async () => {
    const messages = [{ role: 'user', content: words(1500) }];
    const stranger = await ask({ model: 'auto/pair', messages });
    expect(stranger.headers.get(REPLY_HEADERS.model)).toBe('openai/shallow');

    const session = { 'x-pointsman-session': 'agent-1' };
    await (await ask({ model: 'openai/deep', messages }, session)).text();
    const reply = await ask({ model: 'auto/pair', messages }, session);
    expect(await readDecision(gateway, reply)).toMatchObject({ modelId: 'openai/deep', reason: 'session-sticky' });
    expect((await readDecision(gateway, reply)).usage.cachedInputTokens).toBeGreaterThan(1000);
    const [stayed, flipped] = [reply, stranger].map((each) => Number(each.headers.get(REPLY_HEADERS.costUsd)));
    expect(stayed).toBeLessThan(flipped ?? 0);
  });

  test.each(['openai/metered', 'mistral/metered', 'groq/metered', 'anthropic/claude-sonnet-4-5'])(
    '"breaks on another model’s thinking signature": %s goes on where a thinking model began',
    async (model) => {
      const question = { role: 'user', content: 'What is the weather in Oslo?' };
      const tools = [
        { type: 'function', function: { name: 'get_weather', parameters: { type: 'object', properties: {} } } },
      ];
      const asking = { model: 'anthropic/claude-haiku-4-5', reasoning_effort: 'low', tools };
      const reply = (await (await ask({ ...asking, messages: [question] })).json()) as {
        choices: [{ message: { tool_calls: [{ id: string }]; reasoning_details: [{ signature: string }] } }];
      };
      const [{ message }] = reply.choices;
      expect(message.reasoning_details[0].signature).not.toBe('');
      const result = { role: 'tool', tool_call_id: message.tool_calls[0].id, content: 'Rain' };
      const messages = [question, message, result];
      // The emulator refuses thinking that is missing where it must be, unsigned, or signed by somebody else.
      const next = await ask({ model, reasoning_effort: 'low', tools, messages });
      expect([next.status, await next.text()]).toEqual([200, expect.stringContaining('choices')]);
      const routed = await ask({ model: 'auto', reasoning_effort: 'low', tools, messages });
      expect(routed.headers.get(REPLY_HEADERS.reason)).toBe('tool-loop');
      expect(routed.status).toBe(200);
    },
  );
});

describe('"a log table that fills the disk"', () => {
  test('"a price table copied into each row": a routed decision is a few kilobytes, whatever the size of the catalogue', async () => {
    const { partitions } = gateway.deps.repositories;
    const bytes = async () => (await partitions.list()).reduce((sum, partition) => sum + partition.bytes, 0);
    await recorded();
    const before = await bytes();
    const rows = 400;
    for (let n = 0; n < rows; n += 1) await (await ask({ model: 'auto' })).text();
    await recorded();
    const reply = await ask({ model: 'auto' });
    const decision = await readDecision(gateway, reply);
    const catalogue = JSON.stringify(gateway.deps.pipeline.directory().catalog).length;
    const bytesPerRow = ((await bytes()) - before) / rows;
    // All that was considered is in there, and still it is a hundredth of the catalogue that it was chosen from.
    expect(decision.candidates.length).toBeGreaterThan(20);
    expect(JSON.stringify(decision)).not.toContain('MicroUsdPerMtok');
    // Each of some hundred candidates has estimates of its own: about 60 bytes.
    expect(bytesPerRow).toBeLessThan(Math.min(80 * decision.candidates.length, catalogue / 10));
    expect(bytesPerRow).toBeGreaterThan(100);
  });

  test('"an index never pruned": days past their retention leave the disk, indexes included, at the next start', async () => {
    const database = await testDatabase();
    const folder = await temporaryFolder();
    onTestFinished(async () => {
      await database.drop();
      await folder.remove();
    });
    const { decisions, partitions } = repositories(database.database);
    const old = Date.now() - 40 * 86_400_000;
    const empty = await databaseBytes(database.database);
    await decisions.insertBatch(Array.from({ length: 4000 }, (_, n) => sampleDecision(old + n)));
    const full = await databaseBytes(database.database);
    expect(full - empty).toBeGreaterThan(1_000_000);

    const running = await startGatewayProcess({ folder: folder.path, env: { DATABASE_URL: database.url } });
    await vi.waitUntil(async () => (await partitions.list()).every(({ day }) => Date.parse(day) > old), {
      timeout: 10_000,
      interval: 50,
    });
    expect(await databaseBytes(database.database)).toBeLessThan(empty + (full - empty) / 10 + 1_000_000);
    // What was used and spent outlives the rows that it was summed from.
    const usage = await decisions.usage({ from: '2000-01-01', to: '2999-01-01', by: [] });
    expect(usage[0]?.requests).toBe(4000);
    expect(await running.stop('SIGTERM')).toEqual({ code: 0, signal: null });
  });

  async function databaseBytes({ pool }: Database): Promise<number> {
    const { rows } = await pool.query<{ bytes: string }>('select pg_database_size(current_database())::text as bytes');
    return Number(rows[0]?.bytes);
  }
});

test('"memory that grows until a restart": 5,000 requests and 500 hang-ups leave the heap as it was', async () => {
  const database = await testDatabase();
  const folder = await temporaryFolder();
  const emulator = await startEmulator({ fast: true });
  const slow = await startEmulator();
  const agent = new Agent({ connections: 32 });
  const running = await startGatewayProcess({
    folder: folder.path,
    env: { DATABASE_URL: database.url },
    yaml: `${providersYaml(emulator)}  slow:\n    apiKey: k\n    baseUrl: ${slow.baseUrl('openai')}\n${METERED_YAML}  slow/model: { contextTokens: 100000, prices: [{ from: 2026-01-01, inputUsdPerMtok: 1, outputUsdPerMtok: 1 }] }\n`,
    nodeFlags: ['--expose-gc', `--import=${import.meta.dirname}/heap-probe.ts`],
  });
  onTestFinished(async () => {
    await running.stop('SIGKILL');
    await agent.close();
    await Promise.all([emulator.close(), slow.close(), database.drop(), folder.remove()]);
  });
  slow.script({ chunkCount: 500, betweenTokensMs: 5 });

  const post = (body: object, signal?: AbortSignal) =>
    request(`${running.baseURL}/chat/completions`, {
      method: 'POST',
      dispatcher: agent,
      headers: { authorization: `Bearer ${running.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ messages: [{ role: 'user', content: 'Hello' }], ...body }),
      signal: signal ?? null,
    });
  const answer = async (n: number) => {
    const models = ['auto', ...METERED_MODELS];
    const reply = await post({ model: models[n % models.length], stream: n % 4 === 0, user: `user-${n}` });
    expect(reply.statusCode).toBe(200);
    await reply.body.dump();
  };
  const hangUp = async () => {
    const abort = new AbortController();
    const reply = await post({ model: 'slow/model', stream: true }, abort.signal);
    reply.body.on('error', () => undefined);
    await new Promise((seen) => reply.body.once('data', seen));
    abort.abort();
  };
  const heapBytes = async () => {
    await vi.waitUntil(async () => (await recordsIn(running.origin, 'queued')) === 0, {
      timeout: 10_000,
      interval: 50,
    });
    const told = new Promise<number>((tell) => running.child.once('message', (bytes) => tell(Number(bytes))));
    running.child.send('heap');
    return told;
  };

  await inParallel(1000, answer);
  await inParallel(50, hangUp);
  const before = await heapBytes();
  await Promise.all([inParallel(5000, answer), inParallel(500, hangUp)]);
  const grown = (await heapBytes()) - before;
  // 5,500 requests that each left a kilobyte behind would be above this.
  expect(grown).toBeLessThan(5_500_000);
  const metrics = await (await fetch(`${running.origin}/metrics`)).text();
  expect(metrics).toMatch(/pointsman_requests_total\{endpoint="chat.completions",outcome="abandoned"\} 5[0-5]\d/);
});

/** Runs `work` so many times, sixteen at once. */
async function inParallel(count: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      next += 1;
      await work(next);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
}

/** Resolves when every decision so far is in the database. */
async function recorded(): Promise<void> {
  await vi.waitUntil(async () => (await recordsIn(gateway.origin, 'queued')) === 0, { timeout: 5000, interval: 20 });
}

describe('"features (Prometheus, limits) behind a licence"', () => {
  test('everything that a dashboard needs is at /metrics, for whoever may reach it', async () => {
    await (await ask({ model: 'auto', stream: true, user: 'mrs-private' })).text();
    gateway.emulator.script({ fail: { status: 500 }, times: 1 });
    await ask({ model: 'openai/first', models: ['openai/second'] });
    const reply = await fetch(`${gateway.origin}/metrics`);
    expect(reply.headers.get('content-type')).toMatch(/^text\/plain; version=/);
    const text = await reply.text();
    for (const metric of [
      /^pointsman_requests_total\{endpoint="chat\.completions",outcome="answered"\} [1-9]/m,
      /^pointsman_overhead_milliseconds_bucket\{le="1",step="total"\}/m,
      /^pointsman_overhead_milliseconds_bucket\{le="1",step="predict"\}/m,
      /^pointsman_first_token_seconds_count\{model="[^"]+"\} [1-9]/m,
      /^pointsman_tokens_total\{model="[^"]+",kind="input"\} [1-9]/m,
      /^pointsman_tokens_total\{model="[^"]+",kind="output"\} [1-9]/m,
      /^pointsman_cost_usd_total\{model="[^"]+",status="exact"\} \d/m,
      /^pointsman_cache_total\{result="hit"\} [1-9]/m,
      /^pointsman_attempts_total\{provider="openai",outcome="failed",failure="transient"\} [1-9]/m,
      /^pointsman_breaker_state\{provider="openai",model="openai\/first"\} \d/m,
      /^pointsman_decisions_total\{reason="fallback"\} [1-9]/m,
      /^pointsman_decision_records\{where="dropped"\} 0/m,
    ])
      expect(text).toMatch(metric);
    expect(text).not.toMatch(/mrs-private|pm_|cli_|key_/);
  });

  test('limits per key and client hold', async () => {
    const { apiKey } = await gateway.addClient({ name: 'limited', limits: { requestsPerMinute: 1 } });
    const target = { baseURL: gateway.baseURL, apiKey };
    expect((await postChat(target)).status).toBe(200);
    const refused = await postChat(target);
    expect([refused.status, await refused.json()]).toMatchObject([429, { error: { code: 'rate_limit_exceeded' } }]);
  });
});
