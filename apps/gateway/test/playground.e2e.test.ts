import { type Decision, type PlaygroundEnd, type PlaygroundPreview, playgroundEndSchema } from '@pointsman/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ApiCall, callApi, signInAs } from './act-as.ts';
import { startGateway, type TestClient, type TestGateway } from './start-gateway.ts';

const MODEL = 'openai/gpt-4.1-mini';
const messages = [{ role: 'user', content: 'Say something.' }];

let gateway: TestGateway;
let other: TestClient;
let tokens: { operator: string; member: string; manager: string; annotator: string };
let member: ApiCall;
beforeAll(async () => {
  gateway = await startGateway({ policies: [{ name: 'one', allowedModels: [MODEL], minScores: {} }] });
  other = await gateway.addClient({ name: 'globex' });
  tokens = {
    operator: await signInAs(gateway, 'operator'),
    member: await signInAs(gateway, 'client-member', gateway.clientId),
    manager: await signInAs(gateway, 'customer-success'),
    annotator: await signInAs(gateway, 'annotator'),
  };
  member = callApi(gateway, tokens.member);
});
afterEach(() => gateway.emulator.clear());
afterAll(() => gateway.close());

const ask = (token: string, body: object, signal?: AbortSignal) =>
  fetch(`${gateway.origin}/api/playground/run`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messages, ...body }),
    ...(signal && { signal }),
  });

/** The text of a whole run, and its last event. */
async function readRun(answer: Response): Promise<{ text: string; end: PlaygroundEnd }> {
  const events = (await answer.text()).split('\n\n').filter((event) => event !== '');
  const chunks = events.filter((event) => event.startsWith('data: {')).map((event) => JSON.parse(event.slice(6)));
  const text = chunks.map((chunk) => chunk.choices?.[0]?.delta?.content ?? '').join('');
  const last = events.at(-1) ?? '';
  expect(last).toMatch(/^event: decision\ndata: /);
  return { text, end: playgroundEndSchema.parse(JSON.parse(last.slice(last.indexOf('{')))) };
}

const decisionOf = (id: string): Promise<Decision> => gateway.deps.findDecision(id, undefined);
const lastDecisions = async (clientId: string) =>
  (await gateway.deps.repositories.decisions.list({ clientId, limit: 100 })).decisions;

describe('the playground', () => {
  test('shows every candidate and the choice, and calls nobody', async () => {
    const { status, body } = await member('POST', '/playground/preview', { messages });
    expect(status).toBe(200);
    const preview = body as PlaygroundPreview;
    expect(preview.choice).toMatchObject({ kind: 'chosen', expectedCostNanoUsd: expect.any(Number) });
    expect(preview.candidates.length).toBeGreaterThan(3);
    expect(preview.policy).toBe('default');
    expect(preview.inputTokens).toBeGreaterThan(0);
    const strict = await member('POST', '/playground/preview', { messages, options: { max_cost_usd: 1e-9 } });
    expect(strict).toMatchObject({ status: 200, body: { choice: { kind: 'none', message: expect.any(String) } } });
    expect(gateway.emulator.requests).toHaveLength(0);
    expect(await lastDecisions(gateway.clientId)).toEqual([]);
  });

  test('streams what the previewed model answers, then the cost, and leaves its record', async () => {
    gateway.emulator.script({ reply: 'Something, then.' });
    const preview = (await member('POST', '/playground/preview', { messages, model: 'auto/one' })).body;
    const answer = await ask(tokens.member, { model: 'auto/one', temperature: 0, maxTokens: 50 });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const { text, end } = await readRun(answer);
    expect(text).toBe('Something, then.');
    expect(end).toMatchObject({ outcome: 'answered', modelId: MODEL, cost: { status: 'exact' } });
    expect((preview as PlaygroundPreview).choice).toMatchObject({ plan: [MODEL] });
    expect(gateway.emulator.requests[0]?.body).toMatchObject({ temperature: 0, max_completion_tokens: 50 });
    const decision = await decisionOf(end.id);
    expect(decision).toMatchObject({ keyId: 'playground', clientId: gateway.clientId, policy: 'one', stream: true });
    expect(decision.cost).toEqual(end.cost);
  });

  test('counts on the client’s limits and budget', async () => {
    const limited = await gateway.addClient({ name: 'limited', limits: { requestsPerMinute: 1, budgetDayUsd: 1e-7 } });
    const token = await signInAs(gateway, 'client-owner', limited.clientId);
    const poor = await ask(token, { model: MODEL });
    expect([poor.status, ((await poor.json()) as { error: { code: string } }).error.code]).toEqual([
      429,
      'budget_exceeded',
    ]);
    const fast = await ask(token, { model: MODEL });
    expect(((await fast.json()) as { error: { code: string } }).error.code).toBe('rate_limit_exceeded');
  });

  test('stops the provider when its reader leaves, and charges what was used', async () => {
    gateway.emulator.script({ reply: 'one two three four five six', hangAfterChunks: 3 });
    const abort = new AbortController();
    const answer = await ask(tokens.member, { model: MODEL }, abort.signal);
    const reader = answer.body?.getReader();
    await reader?.read();
    abort.abort();
    await vi.waitFor(() => expect(gateway.emulator.requests[0]?.abortedAtMs).toBeDefined(), { timeout: 3_000 });
    await vi.waitFor(
      async () => {
        const [latest] = await lastDecisions(gateway.clientId);
        expect(latest).toMatchObject({ outcome: 'abandoned', keyId: 'playground', cost: { status: 'estimated' } });
      },
      { timeout: 3_000 },
    );
  });

  test('says in its last event that the provider broke off', async () => {
    gateway.emulator.script({ reply: 'one two three four', cutAfterChunks: 3 });
    const { end } = await readRun(await ask(tokens.member, { model: MODEL }));
    expect(end).toMatchObject({ outcome: 'failed', errorCode: 'upstream_interrupted' });
  });

  test('is for the client’s own people and for operators, who say for whom', async () => {
    const statusOf = async (token: string, body: object) => {
      const answer = await ask(token, { model: MODEL, ...body });
      await answer.text();
      return answer.status;
    };
    expect(await statusOf(tokens.member, { client: other.clientId })).toBe(404);
    expect(await statusOf(tokens.manager, { client: other.clientId })).toBe(403);
    expect(await statusOf(tokens.annotator, {})).toBe(403);
    expect(await statusOf(tokens.operator, {})).toBe(400);
    expect(await statusOf(tokens.operator, { client: 'globex' })).toBe(200);
    await gateway.deps.repositories.clients.disable(other.clientId);
    expect(await statusOf(tokens.operator, { client: 'globex' })).toBe(403);
  });

  test('is not spent from by a key that may only read', async () => {
    const { keys } = gateway.deps.repositories;
    const reading = await keys.issue({ clientId: gateway.clientId, scopes: ['read'] });
    const both = await keys.issue({ clientId: gateway.clientId, scopes: ['read', 'inference'] });
    expect((await ask(reading.secret, { model: MODEL })).status).toBe(403);
    const answer = await ask(both.secret, { model: MODEL });
    expect((await readRun(answer)).end.outcome).toBe('answered');
  });

  test('refuses what is no request, by name', async () => {
    expect((await member('POST', '/playground/preview', { messages: [] })).body).toMatchObject({
      error: { code: 'invalid_request', param: 'messages' },
    });
    expect((await member('POST', '/playground/preview', { messages, model: 'auto/none' })).body).toMatchObject({
      error: { code: 'invalid_request', message: expect.stringContaining('"none"') },
    });
  });
});
