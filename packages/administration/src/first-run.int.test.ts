import { hashKey, repositories } from '@pointsman/db';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstRun } from './first-run.ts';

let storage: ReturnType<typeof repositories>;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  drop = test.drop;
});
afterAll(() => drop());

describe('firstRun', () => {
  it('makes a fresh installation usable exactly once, however many gateways start', async () => {
    const results = await Promise.all(Array.from({ length: 5 }, () => firstRun(storage)));
    const made = results.filter((result) => result !== undefined);
    expect(made).toHaveLength(1);
    expect(await firstRun(storage)).toBeUndefined();
    expect(await storage.clients.list()).toEqual([made[0]?.client]);
    expect((await storage.keys.findByHash(hashKey(made[0]?.secret ?? '')))?.client).toEqual(made[0]?.client);
    const { email = '', password = '' } = made[0]?.operator ?? {};
    expect((await storage.users.signIn(email, password, Date.now()))?.user.role).toBe('operator');
  });
});
