import { decisionSchema, GATEWAY_ERRORS } from '@pointsman/contracts';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { type Asking, askAndExplain } from './ask-and-explain.ts';
import { collect } from './collect.ts';
import { connectOpenai } from './connect-openai.ts';
import { startGateway, type TestClient, type TestGateway } from './start-gateway.ts';
import { UPSTREAM_MODELS } from './upstream-models.ts';

const NO_DECISION = `dec_${'0'.repeat(32)}`;
const listSchema = z.object({ data: z.array(decisionSchema) });
/** What the documentation promises of every change made through the admin API. */
const IN_FORCE_WITHIN_MS = 1000;

let gateway: TestGateway;
let other: TestClient;
beforeAll(async () => {
  gateway = await startGateway();
  other = await gateway.addClient({ name: 'other' });
});
afterEach(() => gateway.emulator.clear());
afterAll(() => gateway.close());

/** One call of the gateway's own API, as JSON. */
async function call(method: string, path: string, body?: object, apiKey = gateway.apiKey) {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const reply = await fetch(`${gateway.origin}${path}`, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: reply.status, body: await reply.json() };
}

const notFound = { status: 404, body: { error: { code: 'not_found', type: GATEWAY_ERRORS.not_found.type } } };

async function ask(asking: Asking = { model: UPSTREAM_MODELS.openai }, caller: { apiKey: string } = gateway) {
  const own = { ...gateway, apiKey: caller.apiKey };
  return askAndExplain(own, connectOpenai(own), asking);
}

/** Milliseconds until the change shows in `look`, counted from its start: the change's own time is part of the promise. */
async function timeUntil(change: () => Promise<unknown>, look: () => Promise<boolean>): Promise<number> {
  const startedMs = performance.now();
  await change();
  await vi.waitUntil(look, { timeout: 5000, interval: 20 });
  return performance.now() - startedMs;
}

describe('a decision', () => {
  test('is shown to its client, at once and when it comes from the database', async () => {
    const { decision } = await ask({ model: 'auto' });
    await vi.waitUntil(() => gateway.deps.repositories.decisions.get(decision.id, gateway.clientId), {
      timeout: 5000,
      interval: 50,
    });
    const stored = await gateway.deps.repositories.decisions.get(decision.id, gateway.clientId);
    expect(stored).toMatchObject({
      id: decision.id,
      modelId: decision.modelId,
      reason: decision.reason,
      cost: decision.cost,
      usage: decision.usage,
    });
    expect(stored?.candidates.map(({ modelId, removedBy }) => [modelId, removedBy])).toEqual(
      decision.candidates.map(({ modelId, removedBy }) => [modelId, removedBy]),
    );
  });

  test('is never shown to another client, whoever asks and wherever it is', async () => {
    const { decision } = await ask();
    expect(await call('GET', `/v1/pointsman/decisions/${decision.id}`, undefined, other.apiKey)).toMatchObject(
      notFound,
    );
    expect(await call('GET', `/api/decisions/${decision.id}`, undefined, other.apiKey)).toMatchObject(notFound);
    expect(await call('GET', `/v1/pointsman/decisions/${NO_DECISION}`, undefined, other.apiKey)).toMatchObject(
      notFound,
    );
    // Pushed out of memory by later ones it comes from the database: there, too, only to its own client.
    expect(await gateway.deps.repositories.decisions.get(decision.id, other.clientId)).toBeUndefined();
    const foreign = await ask(undefined, other);
    await vi.waitFor(
      async () => {
        const { body } = await call('GET', '/api/decisions?limit=500', undefined, other.apiKey);
        expect(listSchema.parse(body).data).toEqual([
          expect.objectContaining({ id: foreign.decision.id, clientId: other.clientId }),
        ]);
      },
      { timeout: 5000, interval: 50 },
    );
    expect(await call('GET', `/api/decisions?client=${gateway.clientId}`, undefined, other.apiKey)).toMatchObject(
      notFound,
    );
  });

  test('is left by a refusal too, and a request without a key leaves none', async () => {
    const refused = await ask({ model: 'openai/no-such-model' });
    expect(refused.decision).toMatchObject({
      outcome: 'refused',
      errorCode: 'model_not_found',
      reason: 'not-routed',
      attempts: [],
    });
    const stranger = connectOpenai(gateway, { apiKey: 'pm_nobody' });
    const error = await stranger.chat.completions
      .create({ model: 'auto', messages: [] })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OpenAI.AuthenticationError);
    const id = error instanceof OpenAI.AuthenticationError ? error.headers.get('x-pointsman-decision-id') : null;
    expect(await call('GET', `/v1/pointsman/decisions/${id}`)).toMatchObject(notFound);
  });
});

describe('feedback', () => {
  test('is kept with the decision it is about', async () => {
    const { decision } = await ask();
    const feedback = {
      decision_id: decision.id,
      thumb: 'down',
      score: 0.25,
      correction: 'It goes north.',
      comment: 'Wrong way',
    };
    expect(await call('POST', '/v1/pointsman/feedback', feedback)).toEqual({
      status: 201,
      body: { decision_id: decision.id, recorded: true },
    });
    expect(await gateway.deps.repositories.feedback.listFor(decision.id)).toMatchObject([
      { ...feedback, clientId: gateway.clientId },
    ]);
  });

  test('on what is not one’s own is answered as if it did not exist, and not kept', async () => {
    const { decision } = await ask();
    const feedback = { decision_id: decision.id, thumb: 'up' };
    expect(await call('POST', '/v1/pointsman/feedback', feedback, other.apiKey)).toMatchObject(notFound);
    expect(await call('POST', '/v1/pointsman/feedback', { ...feedback, decision_id: NO_DECISION })).toMatchObject(
      notFound,
    );
    expect(await gateway.deps.repositories.feedback.listFor(decision.id)).toEqual([]);
  });

  test('that says something else is refused, and the field is named', async () => {
    const { decision } = await ask();
    const refused = await call('POST', '/v1/pointsman/feedback', { decision_id: decision.id, score: 5 });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid_request', param: 'score' } } });
  });
});

// Timed against the promise; a busy machine may be late once.
describe('a change through the admin API is in force within a second', { retry: 2 }, () => {
  test('for a policy', async () => {
    const put = (model: string) => call('PUT', '/api/policies/moving', { allowedModels: [model], minScores: {} });
    expect((await put(UPSTREAM_MODELS.mistral)).status).toBe(200);
    const served = async () => (await ask({ model: 'auto/moving' })).decision.modelId;
    await vi.waitUntil(async () => (await served()) === UPSTREAM_MODELS.mistral, { timeout: 5000, interval: 20 });
    const tookMs = await timeUntil(
      () => put(UPSTREAM_MODELS.anthropic),
      async () => (await served()) === UPSTREAM_MODELS.anthropic,
    );
    expect(tookMs).toBeLessThan(IN_FORCE_WITHIN_MS);
  });

  test('for a policy that only one client has', async () => {
    const policy = { allowedModels: [UPSTREAM_MODELS.groq], minScores: {} };
    const { status } = await call('PUT', `/api/policies/private?client=${other.clientId}`, policy);
    expect(status).toBe(200);
    await vi.waitUntil(
      async () => (await ask({ model: 'auto/private' }, other)).decision.modelId === UPSTREAM_MODELS.groq,
      { timeout: 5000, interval: 20 },
    );
    expect((await ask({ model: 'auto/private' })).error).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  test('for a revoked key', async () => {
    const leaving = await gateway.addClient({ name: `leaving-${performance.now()}` });
    await ask(undefined, leaving);
    const client = connectOpenai(gateway, { apiKey: leaving.apiKey });
    const refused = async () => {
      const error = await client.models.retrieve('auto').catch((thrown: unknown) => thrown);
      return error instanceof OpenAI.AuthenticationError && error.message.includes('was revoked');
    };
    expect(await refused()).toBe(false);
    const tookMs = await timeUntil(() => call('DELETE', `/api/keys/${leaving.keyId}`), refused);
    expect(tookMs).toBeLessThan(IN_FORCE_WITHIN_MS);
  });

  test('for a disabled client', async () => {
    const leaving = await gateway.addClient({ name: `disabled-${performance.now()}` });
    const client = connectOpenai(gateway, { apiKey: leaving.apiKey });
    await client.models.retrieve('auto');
    const tookMs = await timeUntil(
      () => call('DELETE', `/api/clients/${leaving.clientId}`),
      async () => {
        const error = await client.models.retrieve('auto').catch((thrown: unknown) => thrown);
        return error instanceof OpenAI.PermissionDeniedError;
      },
    );
    expect(tookMs).toBeLessThan(IN_FORCE_WITHIN_MS);
  });

  test('for limits', async () => {
    const growing = await gateway.addClient({
      name: `growing-${performance.now()}`,
      limits: { budgetDayUsd: 0.000_000_001 },
    });
    const answered = async () => (await ask(undefined, growing)).error === undefined;
    expect(await answered()).toBe(false);
    const tookMs = await timeUntil(
      () => call('PATCH', `/api/clients/${growing.clientId}`, { limits: { budgetDayUsd: 1 } }),
      answered,
    );
    expect(tookMs).toBeLessThan(IN_FORCE_WITHIN_MS);
  });
});

describe('a client that may not leave its region', () => {
  test('sees and is served only by models that stay there', async () => {
    const european = await gateway.addClient({ name: 'european', regions: ['eu'] });
    const client = connectOpenai(gateway, { apiKey: european.apiKey });
    const ids = (await collect(client.models.list())).map((model) => model.id).filter((id) => !id.startsWith('auto'));
    expect(new Set(ids.map((id) => id.split('/')[0]))).toEqual(new Set(['mistral']));
    const named = await ask({ model: UPSTREAM_MODELS.openai }, european);
    expect(named.error).toMatchObject({
      status: 422,
      code: 'no_eligible_model',
      message: expect.stringContaining('region'),
    });
    await expect(client.embeddings.create({ model: 'openai/text-embedding-3-small', input: 'x' })).rejects.toThrow(
      OpenAI.UnprocessableEntityError,
    );
    expect(gateway.emulator.requests).toEqual([]);
    const routed = await ask({ model: 'auto' }, european);
    expect(routed.decision.provider).toBe('mistral');
    // A request may narrow its client's regions, never widen them.
    const widened = await ask({ model: 'auto', pointsman: { region: 'global' } }, european);
    expect(widened.error).toMatchObject({ status: 422, code: 'no_eligible_model' });
  });
});

describe('a key', () => {
  test('that may only call models cannot administer, and one that may only read cannot call', async () => {
    const calling = await gateway.addClient({ name: 'calling' }, { scopes: ['inference'] });
    const forbidden = { status: 403, body: { error: { code: 'permission_denied' } } };
    expect(await call('GET', '/api/clients', undefined, calling.apiKey)).toMatchObject(forbidden);
    expect(await call('PUT', '/api/policies/mine', { minScores: {} }, other.apiKey)).toMatchObject(forbidden);
    const { response } = await connectOpenai(gateway, { apiKey: calling.apiKey })
      .chat.completions.create({ model: UPSTREAM_MODELS.openai, messages: [{ role: 'user', content: 'Hello' }] })
      .withResponse();
    const id = response.headers.get('x-pointsman-decision-id');
    expect(await call('GET', `/v1/pointsman/decisions/${id}`, undefined, calling.apiKey)).toMatchObject(forbidden);
    // An administrator's key sees it all the same.
    expect(await call('GET', `/api/decisions/${id}`)).toMatchObject({
      status: 200,
      body: { clientId: calling.clientId },
    });
  });
});
