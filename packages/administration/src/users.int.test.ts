import { repositories } from '@pointsman/db';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from './clients.ts';
import { createUser, listUsers } from './users.ts';

let storage: ReturnType<typeof repositories>;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  drop = test.drop;
});
afterAll(() => drop());

describe('users', () => {
  it('get a random password that is told once and works', async () => {
    const { user, password = '' } = await createUser(storage, { email: 'Ann@Example.org', role: 'annotator' });
    expect(user.email).toBe('ann@example.org');
    expect(password.length).toBeGreaterThanOrEqual(20);
    expect((await storage.users.signIn('ann@example.org', password, Date.now()))?.user).toEqual(user);
    expect(JSON.stringify(await listUsers(storage))).not.toContain(password);
  });

  it('choose a password themselves, which is never echoed', async () => {
    const created = await createUser(storage, {
      email: 'bob@example.org',
      role: 'operator',
      password: 'correct horse',
    });
    expect(created).not.toHaveProperty('password');
  });

  it('belong to a client exactly when their role does', async () => {
    const { id } = await createClient(storage, { name: 'acme' });
    const owner = await createUser(storage, { email: 'c@example.org', role: 'client-owner', client: 'acme' });
    expect(owner.user.clientId).toBe(id);
    await expect(createUser(storage, { email: 'd@example.org', role: 'client-owner' })).rejects.toMatchObject({
      param: 'client',
    });
    await expect(
      createUser(storage, { email: 'd@example.org', role: 'operator', client: 'acme' }),
    ).rejects.toMatchObject({ param: 'client' });
  });

  it('are refused with a taken address, no address, or a short password', async () => {
    await createUser(storage, { email: 'e@example.org', role: 'operator' });
    await expect(createUser(storage, { email: 'E@example.org', role: 'operator' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(createUser(storage, { email: 'nobody', role: 'operator' })).rejects.toMatchObject({ param: 'email' });
    const short = createUser(storage, { email: 'f@example.org', role: 'operator', password: 'pw' });
    await expect(short).rejects.toMatchObject({ param: 'password', message: expect.not.stringContaining('"pw"') });
  });
});
