import { GATEWAY_ERRORS, type GatewayErrorCode } from '@pointsman/contracts';
import OpenAI, { APIError } from 'openai';
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { collect } from './collect.ts';
import { connectCounting, connectOpenai } from './connect-openai.ts';
import { readDecision } from './read-decision.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';
import { UPSTREAM_MODELS, UPSTREAMS } from './upstream-models.ts';

const MOST_BYTES = 20_000;
/** One attempt per model, so that each scripted fault is seen as it is; the retries have tests of their own. */
const YAML = `
defaults: { retries: 0 }
limits: { maxRequestBytes: ${MOST_BYTES} }
`;
const messages: ChatCompletionMessageParam[] = [{ role: 'user', content: 'Hello' }];
const logged: string[] = [];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway({ yaml: YAML, log: (line) => logged.push(line) });
});
afterEach(() => gateway.emulator.clear());
afterAll(() => gateway.close());

type Failing = { code: GatewayErrorCode; type: new (...args: never[]) => Error; message: RegExp };

/** What the official client makes of a request that fails, and that it asked only once unless it may retry. */
async function expectError(
  request: Partial<Parameters<OpenAI['chat']['completions']['create']>[0]>,
  expected: Failing,
  client = connectCounting(gateway),
): Promise<APIError> {
  const body = { model: UPSTREAM_MODELS.openai, messages, ...request, stream: false as const };
  const error = await client.client.chat.completions.create(body).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(expected.type);
  if (!(error instanceof APIError)) throw error;
  const { status, type, retry } = GATEWAY_ERRORS[expected.code];
  expect(error).toMatchObject({ status, type, code: expected.code });
  expect(error.message).toMatch(expected.message);
  if (!retry) expect(client.sent()).toBe(1);
  return error;
}

describe('the official client is told', () => {
  test('that its key is unknown, without the key', async () => {
    const apiKey = 'pm_0123456789abcdef-no-such-key';
    const client = connectCounting(gateway, { apiKey });
    const error = await expectError(
      {},
      { code: 'invalid_api_key', type: OpenAI.AuthenticationError, message: /not known here/ },
      client,
    );
    expect(JSON.stringify(error.error)).not.toContain(apiKey);
  });

  test('that a key is wanted', async () => {
    const reply = await fetch(`${gateway.baseURL}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ messages }),
    });
    expect(reply.status).toBe(401);
    expect(await reply.json()).toMatchObject({
      error: { code: 'missing_api_key', type: 'authentication_error', param: null },
    });
  });

  test('that its key lacks a scope', async () => {
    const { apiKey } = await gateway.addClient({ name: 'reader' }, { scopes: ['read'] });
    const client = connectCounting(gateway, { apiKey });
    await expectError(
      {},
      { code: 'permission_denied', type: OpenAI.PermissionDeniedError, message: /lacks the scope "inference"/ },
      client,
    );
  });

  test('that its key has expired', async () => {
    const { apiKey } = await gateway.addClient(
      { name: 'late' },
      { expiresAt: new Date(Date.now() - 1000).toISOString() },
    );
    const client = connectCounting(gateway, { apiKey });
    await expectError({}, { code: 'invalid_api_key', type: OpenAI.AuthenticationError, message: /expired/ }, client);
  });

  test('which model it may have meant', async () => {
    const error = await expectError(
      { model: 'openai/gpt-4o-mni' },
      { code: 'model_not_found', type: OpenAI.NotFoundError, message: /Did you mean .*openai\/gpt-4o-mini/ },
    );
    expect(error.param).toBe('model');
    await expect(connectOpenai(gateway).models.retrieve('gpt-4o-mni')).rejects.toThrow(/gpt-4o-mini/);
    await expect(connectOpenai(gateway).embeddings.create({ model: 'auto', input: 'x' })).rejects.toThrow(
      OpenAI.NotFoundError,
    );
  });

  test('which policies there are', async () => {
    await expectError(
      { model: 'auto/gold' },
      { code: 'invalid_request', type: OpenAI.BadRequestError, message: /no policy "gold".*Known: default/ },
    );
  });

  test('which field is wrong', async () => {
    const error = await expectError(
      { temperature: 3 },
      { code: 'invalid_request', type: OpenAI.BadRequestError, message: /temperature/ },
    );
    expect(error.param).toBe('temperature');
    const misspelt: object = { pointsman: { max_cost: 1 } };
    await expectError(misspelt, { code: 'invalid_request', type: OpenAI.BadRequestError, message: /max_cost/ });
    const client = connectCounting(gateway, { defaultHeaders: { 'x-pointsman-min-score': '80%' } });
    await expectError(
      {},
      { code: 'invalid_request', type: OpenAI.BadRequestError, message: /x-pointsman-min-score/ },
      client,
    );
  });

  test('that its body is not JSON', async () => {
    const reply = await fetch(`${gateway.baseURL}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.apiKey}` },
      body: '{"model": ',
    });
    expect(reply.status).toBe(400);
    expect(await reply.json()).toMatchObject({ error: { code: 'invalid_json', type: 'invalid_request_error' } });
  });

  test('that its body is too large', async () => {
    const content = 'x'.repeat(MOST_BYTES);
    await expectError(
      { messages: [{ role: 'user', content }] },
      { code: 'request_too_large', type: APIError, message: new RegExp(String(MOST_BYTES)) },
    );
    expect(gateway.emulator.requests).toHaveLength(0);
  });

  test('that there is nothing at a path, or another method is wanted', async () => {
    const headers = { authorization: `Bearer ${gateway.apiKey}` };
    const nowhere = await fetch(`${gateway.origin}/chat/completions`, { method: 'POST', headers });
    expect(nowhere.status).toBe(404);
    expect(await nowhere.json()).toMatchObject({
      error: { code: 'not_found', message: expect.stringContaining('/v1') },
    });
    const wrongMethod = await fetch(`${gateway.baseURL}/chat/completions`, { headers });
    expect(wrongMethod.status).toBe(405);
    expect(await wrongMethod.json()).toMatchObject({ error: { code: 'method_not_allowed' } });
  });

  test.each([
    ['log probabilities', UPSTREAM_MODELS.anthropic, { logprobs: true }, /unsupported-parameter.*logprobs/],
    ['several choices', UPSTREAM_MODELS.groq, { n: 2 }, /unsupported-parameter.*\bn\b/],
    [
      'images',
      UPSTREAM_MODELS.groq,
      {
        messages: [
          { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }] },
        ],
      },
      /modality.*image/,
    ],
    [
      'a schema',
      UPSTREAM_MODELS.groq,
      { response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'object' } } } },
      /structured-output.*json_schema/,
    ],
    ['so long a reply', UPSTREAM_MODELS.openai, { max_completion_tokens: 100_000 }, /output-length.*16384/],
  ] as const)('that the model it named cannot give %s', async (_what, model, request, message) => {
    await expectError(
      { model, ...(request as object) },
      { code: 'no_eligible_model', type: OpenAI.UnprocessableEntityError, message },
    );
    expect(gateway.emulator.requests).toHaveLength(0);
  });
});

describe('limits', () => {
  test('of requests per minute end in a 429 that says when to come back', async () => {
    const { apiKey } = await gateway.addClient({ name: 'busy', limits: { requestsPerMinute: 2 } });
    const client = connectCounting(gateway, { apiKey, maxRetries: 0 });
    const ask = () => client.client.chat.completions.create({ model: UPSTREAM_MODELS.openai, messages }).withResponse();
    const { response } = await ask();
    expect(response.headers.get('x-ratelimit-limit-requests')).toBe('2');
    expect(response.headers.get('x-ratelimit-remaining-requests')).toBe('1');
    await ask();
    const error = await expectError(
      {},
      { code: 'rate_limit_exceeded', type: OpenAI.RateLimitError, message: /2/ },
      client,
    );
    expect(Number(error.headers?.get('retry-after'))).toBeGreaterThan(0);
    expect(error.headers?.get('x-should-retry')).toBeNull();
    expect(gateway.emulator.requests).toHaveLength(2);
  });

  test('of a budget end in a 429 that nobody retries, before any provider is called', async () => {
    const { apiKey } = await gateway.addClient({ name: 'poor', limits: { budgetDayUsd: 0.000_000_001 } });
    const client = connectCounting(gateway, { apiKey });
    const error = await expectError(
      {},
      { code: 'budget_exceeded', type: OpenAI.RateLimitError, message: /budget/i },
      client,
    );
    expect(error.headers?.get('x-should-retry')).toBe('false');
    const retryAfterS = Number(error.headers?.get('retry-after'));
    expect(retryAfterS).toBeGreaterThan(0);
    expect(retryAfterS).toBeLessThanOrEqual(86_400);
    expect(gateway.emulator.requests).toHaveLength(0);
  });
});

// Each with a model of its own: a circuit breaker that one test opens must not answer for the next.
describe.each(UPSTREAMS)('a failure of %s', (provider) => {
  const faults = {
    openai: ['gpt-4.1', 'gpt-4.1-mini', 'gpt-4o', 'gpt-4-turbo', 'gpt-4.1-nano', 'gpt-4o-2024-11-20'],
    anthropic: [
      'claude-sonnet-4-5',
      'claude-opus-4-5',
      'claude-opus-4-1',
      'claude-sonnet-4-6',
      'claude-opus-4-6',
      'claude-sonnet-4-0',
    ],
    mistral: [
      'mistral-large-latest',
      'mistral-medium-latest',
      'ministral-3b-latest',
      'codestral-latest',
      'pixtral-12b',
      'mistral-nemo',
    ],
    groq: [
      'llama-3.3-70b-versatile',
      'openai/gpt-oss-120b',
      'openai/gpt-oss-20b',
      'llama-3.1-8b-instant',
      'qwen/qwen3-32b',
      'meta-llama/llama-4-scout-17b-16e-instruct',
    ],
  }[provider];
  const failing = (
    place: number,
    fail: { status: number; kind?: 'context_length' | 'not_json' | 'invalid_request'; retryAfterSeconds?: number },
  ) => {
    const name = faults[place] ?? '';
    gateway.emulator.script({ match: { model: name }, fail });
    return `${provider}/${name}`;
  };

  test('on a malformed request is a 400 that carries the provider’s words', async () => {
    const model = failing(0, { status: 400, kind: 'invalid_request' });
    await expectError(
      { model },
      {
        code: 'upstream_rejected',
        type: OpenAI.BadRequestError,
        message: /refused the request as malformed: Invalid request/,
      },
    );
  });

  test('on the gateway’s own key is a 502 that does not blame the caller', async () => {
    const model = failing(1, { status: 401 });
    const error = await expectError(
      { model },
      { code: 'upstream_credentials_exhausted', type: OpenAI.InternalServerError, message: /Your key is fine/ },
    );
    expect(error.headers?.get('x-should-retry')).toBe('false');
    expect(logged.some((line) => line.includes('credentials'))).toBe(true);
    expect(logged.join('')).not.toContain('test-key');
  });

  test('on a rate limit is a 429 with the provider’s own time to wait', async () => {
    const model = failing(2, { status: 429, retryAfterSeconds: 7 });
    const client = connectCounting(gateway, { maxRetries: 0 });
    const error = await expectError(
      { model },
      { code: 'upstream_rate_limited', type: OpenAI.RateLimitError, message: /limiting our rate/ },
      client,
    );
    expect(error.headers?.get('retry-after')).toBe('7');
    expect(error.headers?.get('x-should-retry')).toBeNull();
  });

  test('on everything else is a 502 on record, and every provider was tried', async () => {
    const model = failing(3, { status: 500 });
    const error = await expectError(
      { model },
      { code: 'providers_exhausted', type: OpenAI.InternalServerError, message: /1 attempt/ },
    );
    expect(error.headers?.get('x-should-retry')).toBe('false');
    const decision = await readDecision(gateway, error.headers?.get('x-pointsman-decision-id') ?? '');
    expect(decision).toMatchObject({
      outcome: 'failed',
      errorCode: 'providers_exhausted',
      attempts: [{ failure: 'transient', status: 500 }],
    });
    const tooLong = failing(4, { status: 400, kind: 'context_length' });
    await expectError(
      { model: tooLong },
      { code: 'providers_exhausted', type: OpenAI.InternalServerError, message: /too (long|large)|context length/ },
    );
  });

  test('in mid-stream is one error event and no end mark', async () => {
    const name = faults[5] ?? '';
    gateway.emulator.script({ match: { model: name }, chunkCount: 20, cutAfterChunks: 8, times: 1 });
    const { data, response } = await connectOpenai(gateway)
      .chat.completions.create({ model: `${provider}/${name}`, messages, stream: true })
      .withResponse();
    await expect(collect(data)).rejects.toMatchObject({ code: 'upstream_interrupted', type: 'upstream_error' });
    expect(await readDecision(gateway, response)).toMatchObject({
      outcome: 'failed',
      errorCode: 'upstream_interrupted',
      cost: { status: 'estimated' },
    });

    gateway.emulator.script({ match: { model: name }, chunkCount: 20, errorAfterChunks: 8, times: 1 });
    const raw = await fetch(`${gateway.baseURL}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.apiKey}` },
      body: JSON.stringify({ model: `${provider}/${name}`, messages, stream: true }),
    });
    const events = (await raw.text()).trimEnd().split('\n\n');
    expect(events.length).toBeGreaterThan(3);
    expect(events.filter((event) => event.startsWith('data: {"error"'))).toEqual([events.at(-1)]);
  });
});

describe('what may be retried', () => {
  test('is retried by the client, which then has its answer', async () => {
    gateway.emulator.script({ match: { model: 'gpt-5-nano' }, fail: { status: 429, retryAfterSeconds: 1 }, times: 1 });
    const { client, sent } = connectCounting(gateway);
    const reply = await client.chat.completions.create({ model: 'openai/gpt-5-nano', messages });
    expect(reply.choices).toHaveLength(1);
    expect(sent()).toBe(2);
  });

  test('is a node that shuts down', async () => {
    const draining = await startGateway();
    onTestFinished(() => draining.close());
    draining.deps.beginDraining();
    const client = connectCounting(draining, { maxRetries: 0 });
    const error = await expectError(
      {},
      { code: 'shutting_down', type: OpenAI.InternalServerError, message: /another will answer/ },
      client,
    );
    expect(error.headers?.get('x-should-retry')).toBeNull();
    expect(error.headers?.get('retry-after')).toBe('1');
  });
});
