import { repositories } from '@pointsman/db';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, updateClient } from './clients.ts';
import { findPolicy, listPolicies, putPolicy, removePolicy } from './policies.ts';

let storage: ReturnType<typeof repositories>;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  drop = test.drop;
  await createClient(storage, { name: 'acme' });
});
afterAll(() => drop());

const names = async (client?: string) => (await listPolicies(storage, { client })).map(({ name }) => name);

describe('policies', () => {
  it('are put globally or for one client, replaced and removed', async () => {
    await putPolicy(storage, { policy: { name: 'fast', maxLatencyMs: 500 } });
    await putPolicy(storage, { policy: { name: 'fast', maxLatencyMs: 900 } });
    await putPolicy(storage, { client: 'acme', policy: { name: 'mine' } });
    expect(await names()).toEqual(['default', 'fast']);
    expect(await names('acme')).toEqual(['mine']);
    expect((await listPolicies(storage))[1]).toMatchObject({ maxLatencyMs: 900, risk: 0.15 });
    await removePolicy(storage, { name: 'fast' });
    await removePolicy(storage, { client: 'acme', name: 'mine' });
    expect([await names(), await names('acme')]).toEqual([['default'], []]);
  });

  it('are refused when a field is unknown, out of range or without effect', async () => {
    await expect(putPolicy(storage, { policy: { name: 'x', minScore: 0.8 } })).rejects.toMatchObject({
      message: expect.stringContaining('minScore'),
    });
    await expect(putPolicy(storage, { policy: { name: 'x', risk: 1 } })).rejects.toMatchObject({
      code: 'invalid_request',
      param: 'risk',
    });
    await expect(putPolicy(storage, { policy: { name: 'x', weights: { tone: 0 } } })).rejects.toMatchObject({
      param: 'weights',
    });
  });

  it('may promise a floor, kept at least cost, and no other kind of policy may', async () => {
    const floor = { kind: 'share-of-strongest', share: 0.98, confidence: 0.95 };
    expect(await putPolicy(storage, { policy: { name: 'promised', floor } })).toMatchObject({ floor });
    expect((await findPolicy(storage, { name: 'promised', client: 'acme' })).floor).toEqual(floor);
    await removePolicy(storage, { name: 'promised' });
    await expect(
      putPolicy(storage, { policy: { name: 'promised', floor, kind: 'maximise-quality' } }),
    ).rejects.toMatchObject({ code: 'invalid_request', param: 'floor' });
    await expect(
      putPolicy(storage, { policy: { name: 'promised', floor: { ...floor, share: 1 } } }),
    ).rejects.toMatchObject({ code: 'invalid_request', param: 'floor.share' });
  });

  it('are found as a client goes by them: its own first, then those of everybody', async () => {
    await putPolicy(storage, { policy: { name: 'both', risk: 0.2 } });
    expect((await findPolicy(storage, { name: 'both', client: 'acme' })).risk).toBe(0.2);
    await putPolicy(storage, { client: 'acme', policy: { name: 'both', risk: 0.1 } });
    expect((await findPolicy(storage, { name: 'both', client: 'acme' })).risk).toBe(0.1);
    expect((await findPolicy(storage, { name: 'both' })).risk).toBe(0.2);
    await expect(findPolicy(storage, { name: 'bot', client: 'acme' })).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('Did you mean "both"?'),
    });
    await removePolicy(storage, { client: 'acme', name: 'both' });
    await removePolicy(storage, { name: 'both' });
  });

  it('stay while a client uses them', async () => {
    await putPolicy(storage, { policy: { name: 'used' } });
    await updateClient(storage, { client: 'acme', patch: { policy: 'used' } });
    await expect(removePolicy(storage, { name: 'used' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('acme'),
    });
    await putPolicy(storage, { client: 'acme', policy: { name: 'used' } });
    await expect(removePolicy(storage, { name: 'used' })).resolves.toBeUndefined();
    await expect(removePolicy(storage, { client: 'acme', name: 'used' })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('never lose the global default, and unknown ones are told apart', async () => {
    await expect(removePolicy(storage, { name: 'default' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(removePolicy(storage, { name: 'defautl' })).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('"default"'),
    });
  });
});
