import { hashKey, repositories } from '@pointsman/db';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FirstRun, firstRun } from './first-run.ts';
import { acceptLink, readLink } from './invitations.ts';

const NOW = Date.UTC(2026, 10, 21);

let storage: ReturnType<typeof repositories>;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  drop = test.drop;
});
afterAll(() => drop());

describe('firstRun', () => {
  let made: FirstRun[] = [];

  it('makes a fresh installation usable exactly once, however many gateways start', async () => {
    const results = await Promise.all(Array.from({ length: 5 }, () => firstRun(storage, NOW)));
    made = results.filter((result) => result !== undefined);
    expect(made).toHaveLength(1);
    expect(await firstRun(storage, NOW)).toBeUndefined();
    expect(await storage.clients.list()).toEqual([made[0]?.client]);
    expect((await storage.keys.findByHash(hashKey(made[0]?.secret ?? '')))?.client).toEqual(made[0]?.client);
  });

  it('lets the operator in by a link that works once', async () => {
    const { email = '', token = '' } = made[0]?.operator ?? {};
    expect(await readLink(storage, token, NOW)).toMatchObject({ purpose: 'password', email, role: 'operator' });
    await acceptLink(storage, { token, password: 'correct horse' }, NOW);
    expect((await storage.users.signIn(email, 'correct horse', NOW))?.user.role).toBe('operator');
    await expect(readLink(storage, token, NOW)).rejects.toMatchObject({ code: 'not_found' });
  });
});
