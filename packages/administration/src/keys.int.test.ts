import { hashKey, repositories } from '@pointsman/db';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, disableClient } from './clients.ts';
import { issueKey, listKeys, revokeKey } from './keys.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
let storage: ReturnType<typeof repositories>;
let drop: () => Promise<void>;
beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  drop = test.drop;
  await createClient(storage, { name: 'acme' });
});
afterAll(() => drop());

describe('keys', () => {
  it('are issued to a client by name, work, and are listed without their secret', async () => {
    const { key, secret } = await issueKey(storage, { client: 'acme', name: 'web', scopes: ['inference'] }, NOW);
    expect((await storage.keys.findByHash(hashKey(secret)))?.key).toEqual(key);
    const listed = await listKeys(storage, { client: 'acme' });
    expect(listed).toContainEqual(key);
    expect(JSON.stringify(listed)).not.toContain(secret);
  });

  it('move the configuration revision, so that running gateways notice', async () => {
    const before = await storage.configRevision();
    const { key } = await issueKey(storage, { client: 'acme' }, NOW);
    const between = await storage.configRevision();
    await revokeKey(storage, { key: key.id });
    expect(between).toBeGreaterThan(before);
    expect(await storage.configRevision()).toBeGreaterThan(between);
  });

  it('are revoked by id or by prefix, for good', async () => {
    const { key } = await issueKey(storage, { client: 'acme' }, NOW);
    const revoked = await revokeKey(storage, { key: key.prefix });
    expect(revoked).toMatchObject({ id: key.id, revokedAt: expect.any(String) });
    expect((await revokeKey(storage, { key: key.id })).revokedAt).toBe(revoked.revokedAt);
    await expect(revokeKey(storage, { key: 'key_nothing' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('are not issued past their end, to a disabled client, or with an unknown scope', async () => {
    const past = { client: 'acme', expiresAt: '2026-11-20T11:59:59Z' };
    await expect(issueKey(storage, past, NOW)).rejects.toMatchObject({ code: 'invalid_request', param: 'expiresAt' });
    await expect(issueKey(storage, { client: 'acme', scopes: ['root'] }, NOW)).rejects.toMatchObject({
      message: expect.stringContaining('"root"'),
    });
    await createClient(storage, { name: 'gone' });
    await disableClient(storage, { client: 'gone' });
    await expect(issueKey(storage, { client: 'gone' }, NOW)).rejects.toMatchObject({ code: 'conflict' });
  });
});
