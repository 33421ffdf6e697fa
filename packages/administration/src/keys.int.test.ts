import { hashKey, repositories } from '@pointsman/db';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, disableClient } from './clients.ts';
import { issueKey, listKeys, revokeKey, rotateKey, updateKey } from './keys.ts';

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

  it('get a new secret beside the old one, for as long as asked and a week at most', async () => {
    const { key, secret } = await issueKey(storage, { client: 'acme' }, NOW);
    const rotated = await rotateKey(storage, { key: key.prefix, graceDays: 2 }, NOW);
    expect(rotated.key).toMatchObject({ id: key.id, previous: { until: '2026-11-22T12:00:00.000Z' } });
    expect((await storage.keys.findByHash(hashKey(secret)))?.key.expiresAt).toBe('2026-11-22T12:00:00.000Z');
    await rotateKey(storage, { key: key.id, graceDays: 0 }, NOW);
    expect(await storage.keys.findByHash(hashKey(secret))).toBeUndefined();
    await expect(rotateKey(storage, { key: key.id, graceDays: 8 }, NOW)).rejects.toMatchObject({
      code: 'invalid_request',
      param: 'graceDays',
    });
  });

  it('are neither rotated nor changed once they are revoked, nor rotated once they have expired', async () => {
    const { key } = await issueKey(storage, { client: 'acme', expiresAt: '2026-11-20T13:00:00Z' }, NOW);
    const afterwards = NOW + 3_600_001;
    await expect(rotateKey(storage, { key: key.id }, afterwards)).rejects.toMatchObject({ code: 'conflict' });
    await updateKey(storage, { key: key.id, patch: { expiresAt: null } }, afterwards);
    await expect(rotateKey(storage, { key: key.id }, afterwards)).resolves.toBeDefined();
    await revokeKey(storage, { key: key.id });
    await expect(rotateKey(storage, { key: key.id }, NOW)).rejects.toMatchObject({ code: 'conflict' });
    await expect(updateKey(storage, { key: key.id, patch: { name: 'x' } }, NOW)).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('do not get an end that is past, nor a limit of nothing', async () => {
    const { key } = await issueKey(storage, { client: 'acme' }, NOW);
    await expect(
      updateKey(storage, { key: key.id, patch: { expiresAt: '2026-11-20T11:00:00Z' } }, NOW),
    ).rejects.toMatchObject({ code: 'invalid_request', param: 'expiresAt' });
    await expect(
      updateKey(storage, { key: key.id, patch: { limits: { requestsPerMinute: 0 } } }, NOW),
    ).rejects.toMatchObject({ code: 'invalid_request', param: 'limits.requestsPerMinute' });
  });
});
