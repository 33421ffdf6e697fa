import { type ClientBudget, type IssuedKey, type ListedKey, utcDay } from '@pointsman/contracts';
import { openDatabase } from '@pointsman/db';
import { sampleDecision } from '@pointsman/db/testing';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ApiAnswer, type ApiCall, callApi, signInAs } from './act-as.ts';
import { connectOpenai } from './connect-openai.ts';
import { startGateway, type TestClient, type TestGateway } from './start-gateway.ts';

const DAY_MS = 86_400_000;

let gateway: TestGateway;
let other: TestClient;
let operator: ApiCall;
let owner: ApiCall;
let member: ApiCall;
let manager: ApiCall;
let annotator: ApiCall;
beforeAll(async () => {
  gateway = await startGateway({ client: { limits: { budgetMonthUsd: 100, requestsPerMinute: 600 } } });
  other = await gateway.addClient({ name: 'globex' });
  const as = async (role: Parameters<typeof signInAs>[1], clientId?: string) =>
    callApi(gateway, await signInAs(gateway, role, clientId));
  operator = await as('operator');
  owner = await as('client-owner', gateway.clientId);
  member = await as('client-member', gateway.clientId);
  manager = await as('customer-success');
  annotator = await as('annotator');
});
afterAll(() => gateway.close());

const own = () => `/clients/${gateway.clientId}`;
const issue = async (input: object = {}) => {
  const answer = await owner('POST', `${own()}/keys`, input);
  expect(answer.status).toBe(201);
  return answer.body as IssuedKey;
};
const errorOf = ({ body }: ApiAnswer) => (body as { error: { code: string; message: string } }).error;
const works = (apiKey: string) =>
  connectOpenai(gateway, { apiKey })
    .models.list()
    .then(
      () => true,
      () => false,
    );

describe('a key', () => {
  test('is issued by its client’s owner, used, and listed without its secret', async () => {
    const { key, secret } = await issue({ name: 'web' });
    expect(await works(secret)).toBe(true);
    for (const reader of [owner, member, manager, operator]) {
      const { status, body } = await reader('GET', `${own()}/keys`);
      expect(status).toBe(200);
      expect((body as { data: ListedKey[] }).data).toContainEqual(key);
      expect(JSON.stringify(body)).not.toContain(secret);
    }
  });

  test('says on which day it was last used', async () => {
    const { key } = await issue({ name: 'used' });
    const atMs = Date.now();
    await gateway.deps.repositories.decisions.insertBatch(
      [sampleDecision(atMs, { clientId: gateway.clientId, keyId: key.id })],
      { nodeId: 'test' },
    );
    const { body } = await member('GET', `${own()}/keys`);
    const listed = (body as { data: ListedKey[] }).data.find(({ id }) => id === key.id);
    expect(listed?.lastUsedOn).toBe(utcDay(atMs));
  });

  test('works with both secrets after a rotation, and with the new one alone without a grace', async () => {
    const { key, secret } = await issue({ name: 'rotating' });
    expect(await works(secret)).toBe(true);
    const rotated = await owner('POST', `/keys/${key.id}/rotate`, { graceDays: 7 });
    const second = (rotated.body as IssuedKey).secret;
    expect((rotated.body as IssuedKey).key).toMatchObject({ id: key.id, previous: { prefix: key.prefix } });
    expect([await works(second), await works(secret)]).toEqual([true, true]);
    const last = (await owner('POST', `/keys/${key.id}/rotate`, { graceDays: 0 })).body as IssuedKey;
    // A running gateway learns of it within a second.
    const working = async () => [await works(last.secret), await works(second), await works(secret)];
    await vi.waitFor(async () => expect(await working()).toEqual([true, false, false]), {
      timeout: 3_000,
      interval: 50,
    });
  });

  test('takes a new name, new limits and a new end, and is revoked', async () => {
    const { key, secret } = await issue({ limits: { requestsPerMinute: 5 } });
    const changed = await owner('PATCH', `/keys/${key.id}`, {
      name: 'nightly',
      limits: { requestsPerMinute: null, tokensPerMinute: 9_000 },
      expiresAt: '2099-01-01T00:00:00Z',
    });
    expect(changed).toMatchObject({
      status: 200,
      body: { name: 'nightly', limits: { tokensPerMinute: 9_000 }, expiresAt: '2099-01-01T00:00:00.000Z' },
    });
    expect((await owner('DELETE', `/keys/${key.id}`)).status).toBe(200);
    await vi.waitFor(async () => expect(await works(secret)).toBe(false), { timeout: 3_000, interval: 50 });
    expect((await owner('PATCH', `/keys/${key.id}`, { name: 'x' })).status).toBe(409);
  });

  test('is changed by nobody but the owner of its client and operators', async () => {
    const { key } = await issue();
    const tries = (actor: ApiCall, id: string) =>
      Promise.all([
        actor('PATCH', `/keys/${id}`, { name: 'mine' }),
        actor('POST', `/keys/${id}/rotate`, {}),
        actor('DELETE', `/keys/${id}`),
      ]).then((answers) => answers.map(({ status }) => status));
    for (const actor of [member, manager, annotator]) expect(await tries(actor, key.id)).toEqual([403, 403, 403]);
    // Another client's key does not exist.
    expect(await tries(owner, other.keyId)).toEqual([404, 404, 404]);
    expect((await owner('GET', `/clients/${other.clientId}/keys`)).status).toBe(404);
  });

  test('that may do everything is given a new secret by operators only', async () => {
    const issued = await operator('POST', `${own()}/keys`, { scopes: ['admin'] });
    const { key } = issued.body as IssuedKey;
    expect((await owner('POST', `/keys/${key.id}/rotate`, {})).status).toBe(403);
    expect((await owner('PATCH', `/keys/${key.id}`, { expiresAt: null })).status).toBe(403);
    expect((await operator('POST', `/keys/${key.id}/rotate`, {})).status).toBe(200);
  });
});

describe('a client’s budget', () => {
  test('is lowered by its owner and raised by operators, and the refusal says so', async () => {
    expect((await owner('PATCH', own(), { limits: { budgetMonthUsd: 50 } })).status).toBe(200);
    const raised = await owner('PATCH', own(), { limits: { budgetMonthUsd: 60 } });
    expect([raised.status, errorOf(raised).message]).toEqual([403, expect.stringContaining('only by an operator')]);
    expect((await member('PATCH', own(), { limits: { budgetMonthUsd: 10 } })).status).toBe(403);
    expect((await manager('PATCH', own(), { cache: { enabled: true } })).status).toBe(403);
    expect((await owner('PATCH', `/clients/${other.clientId}`, { cache: { enabled: true } })).status).toBe(404);
    expect((await operator('PATCH', own(), { limits: { budgetMonthUsd: 100 } })).status).toBe(200);
  });

  test('shows what is spent, what nobody knows, and too few days to say where it is heading', async () => {
    await gateway.deps.repositories.decisions.insertBatch(
      [
        sampleDecision(Date.now(), { clientId: other.clientId, cost: { status: 'exact', nanoUsd: 7_000 } }),
        sampleDecision(Date.now(), { clientId: other.clientId, cost: { status: 'unknown', why: 'no usage' } }),
      ],
      { nodeId: 'test' },
    );
    const { status, body } = await manager('GET', `/clients/${other.clientId}/budget`);
    expect(status).toBe(200);
    const { day, month, forecast } = body as ClientBudget;
    expect(month).toMatchObject({ spentNanoUsd: 7_000, unknownCostCount: 1, heldNanoUsd: 0 });
    expect(month.limitNanoUsd).toBeUndefined();
    expect(day.windowStart).toBe(utcDay(Date.now()));
    expect(forecast).toEqual({ kind: 'too-few', days: 0, needed: 7 });
    expect((await owner('GET', `/clients/${other.clientId}/budget`)).status).toBe(404);
    expect((await annotator('GET', `/clients/${other.clientId}/budget`)).status).toBe(404);
  });

  test('is forecast from the last two weeks', async () => {
    const { clientId } = await gateway.addClient({ name: 'old client' });
    await ageClient(clientId, new Date(Date.now() - 40 * DAY_MS));
    const spend = Array.from({ length: 14 }, (_, back) =>
      sampleDecision(Date.now() - (back + 1) * DAY_MS, { clientId, cost: { status: 'exact', nanoUsd: 1_000_000 } }),
    );
    await gateway.deps.repositories.decisions.insertBatch(spend, { nodeId: 'test' });
    const { forecast, month } = (await operator('GET', `/clients/${clientId}/budget`)).body as ClientBudget;
    if (forecast.kind !== 'forecast') throw new Error(`no forecast: ${JSON.stringify(forecast)}`);
    const daysLeft = (Date.parse(month.resetsAt) - Date.now()) / DAY_MS;
    expect(forecast.days).toBe(14);
    expect(Math.abs(forecast.monthEndNanoUsd - month.spentNanoUsd - daysLeft * 1_000_000)).toBeLessThan(1_000);
    expect(forecast.low).toBe(forecast.high);
  });
});

/** Nobody but the database can say that a client was there before. */
async function ageClient(clientId: string, born: Date): Promise<void> {
  const database = openDatabase({ url: gateway.databaseUrl });
  await database.pool.query('update clients set created_at = $2 where id = $1', [clientId, born]);
  await database.close();
}
