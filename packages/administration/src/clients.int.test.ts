import { repositories } from '@pointsman/db';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, disableClient, enableClient, listClients, updateClient } from './clients.ts';
import { findClient } from './find-client.ts';
import { putPolicy } from './policies.ts';

let storage: ReturnType<typeof repositories>;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  drop = test.drop;
});
afterAll(() => drop());

describe('clients', () => {
  it('are created with the settings given and the defaults for the rest', async () => {
    const client = await createClient(storage, { name: 'acme', limits: { budgetDayUsd: 5 } });
    expect(client).toMatchObject({
      name: 'acme',
      limits: { budgetDayUsd: 5 },
      policy: 'default',
      cache: { enabled: false },
    });
    expect(await listClients(storage)).toContainEqual(client);
  });

  it('are found by id and by exact name', async () => {
    const client = await createClient(storage, { name: 'Globex' });
    expect(await findClient(storage, client.id)).toEqual(client);
    expect(await findClient(storage, 'Globex')).toEqual(client);
    await expect(findClient(storage, 'globex')).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('"Globex"'),
    });
  });

  it('are not created under a taken name, with an unknown policy or with unsound fields', async () => {
    await createClient(storage, { name: 'taken' });
    await expect(createClient(storage, { name: 'taken' })).rejects.toMatchObject({ code: 'conflict', param: 'name' });
    await expect(createClient(storage, { name: 'x', policy: 'defualt' })).rejects.toMatchObject({
      code: 'not_found',
      message: 'There is no policy "defualt". Did you mean "default"?',
    });
    await expect(
      createClient(storage, { name: '', limits: { requestsPerMinute: -3, budget: 1 } }),
    ).rejects.toMatchObject({
      code: 'invalid_request',
      param: 'name',
      message: expect.stringMatching(/name: .*; limits\.requestsPerMinute: .*\(got -3\); limits: unknown budget/),
    });
  });

  it('keep what a patch does not name, and lose what it sets to null', async () => {
    await createClient(storage, {
      name: 'patched',
      limits: { budgetDayUsd: 5, requestsPerMinute: 60 },
      regions: ['eu'],
    });
    const patch = { limits: { budgetDayUsd: null, tokensPerMinute: 1000 }, cache: { enabled: true } };
    const patched = await updateClient(storage, { client: 'patched', patch });
    expect(patched.limits).toEqual({ requestsPerMinute: 60, tokensPerMinute: 1000 });
    expect(patched.cache).toEqual({ enabled: true, ttlSeconds: 3600 });
    expect(patched.regions).toEqual(['eu']);
    const moved = await updateClient(storage, { client: 'patched', patch: { regions: null, name: 'renamed' } });
    expect(moved).toMatchObject({ name: 'renamed', regions: undefined, limits: patched.limits });
  });

  it('opt in to samples and out again', async () => {
    await createClient(storage, { name: 'sampled' });
    const sampling = { share: 0.1, retentionDays: 30 };
    const opted = await updateClient(storage, { client: 'sampled', patch: { sampling } });
    expect(opted.sampling).toEqual(sampling);
    expect((await updateClient(storage, { client: 'sampled', patch: { cache: { enabled: true } } })).sampling).toEqual(
      sampling,
    );
    expect((await updateClient(storage, { client: 'sampled', patch: { sampling: null } })).sampling).toBeUndefined();
    await expect(
      updateClient(storage, { client: 'sampled', patch: { sampling: { share: 1, retentionDays: 91 } } }),
    ).rejects.toMatchObject({ param: 'sampling.retentionDays' });
  });

  it('may use a policy of their own', async () => {
    const client = await createClient(storage, { name: 'own' });
    await putPolicy(storage, { client: 'own', policy: { name: 'cheap' } });
    await expect(updateClient(storage, { client: 'own', patch: { policy: 'cheap' } })).resolves.toMatchObject({
      policy: 'cheap',
    });
    await expect(createClient(storage, { name: 'other', policy: 'cheap' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await findClient(storage, client.id)).policy).toBe('cheap');
  });

  it('are disabled and enabled again', async () => {
    const { id } = await createClient(storage, { name: 'on and off' });
    expect((await disableClient(storage, { client: id })).disabledAt).toMatch(/^\d{4}-/);
    expect((await enableClient(storage, { client: id })).disabledAt).toBeUndefined();
  });
});
