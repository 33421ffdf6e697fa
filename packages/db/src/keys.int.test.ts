import { beforeAll, describe, expect, it } from 'vitest';
import { hashKey } from './keys.ts';
import { sampleDecision } from './testing/sample-decision.ts';
import { useTestDatabase } from './testing/use-test-database.ts';

const test = useTestDatabase();
const keys = () => test.repositories().keys;
const NOW = new Date('2026-11-20T12:00:00Z');
const LATER = new Date('2026-11-22T12:00:00Z');
const known = (secret: string) => keys().findByHash(hashKey(secret));

let clientId: string;
beforeAll(async () => {
  clientId = (await test.repositories().clients.create({ name: 'acme' })).id;
});

describe('a rotated key', () => {
  it('keeps its id and its settings, and both secrets until the grace is over', async () => {
    const { key, secret } = await keys().issue({ clientId, name: 'web', limits: { requestsPerMinute: 5 } });
    const rotated = await keys().rotate(key.id, { now: NOW, previousUntil: LATER });
    expect(rotated?.key).toEqual({
      ...key,
      prefix: rotated?.secret.slice(0, 10),
      previous: { prefix: key.prefix, until: LATER.toISOString() },
    });
    expect((await known(rotated?.secret ?? ''))?.key).toEqual(rotated?.key);
    expect((await known(secret))?.key).toEqual({ ...key, expiresAt: LATER.toISOString() });
  });

  it('never lengthens the life of its old secret', async () => {
    const expiresAt = '2026-11-21T00:00:00.000Z';
    const { key, secret } = await keys().issue({ clientId, expiresAt });
    await keys().rotate(key.id, { now: NOW, previousUntil: LATER });
    expect((await known(secret))?.key.expiresAt).toBe(expiresAt);
  });

  it('without a grace knows its old secret no more, nor one from two rotations ago', async () => {
    const { key, secret } = await keys().issue({ clientId });
    const second = await keys().rotate(key.id, { now: NOW, previousUntil: LATER });
    await keys().rotate(key.id, { now: NOW, previousUntil: LATER });
    expect(await known(secret)).toBeUndefined();
    expect(await known(second?.secret ?? '')).toBeDefined();
    const last = await keys().rotate(key.id, { now: NOW, previousUntil: undefined });
    expect(last?.key.previous).toBeUndefined();
    expect(await known(second?.secret ?? '')).toBeUndefined();
  });

  it('is none when the key is revoked or has expired; revoking ends both secrets', async () => {
    const { key, secret } = await keys().issue({ clientId });
    const rotated = await keys().rotate(key.id, { now: NOW, previousUntil: LATER });
    await keys().revoke(key.id);
    expect(await known(secret)).toBeUndefined();
    expect((await known(rotated?.secret ?? ''))?.key.revokedAt).toBeDefined();
    expect(await keys().rotate(key.id, { now: NOW, previousUntil: LATER })).toBeUndefined();
    const expired = await keys().issue({ clientId, expiresAt: '2026-11-20T11:00:00Z' });
    expect(await keys().rotate(expired.key.id, { now: NOW, previousUntil: undefined })).toBeUndefined();
  });
});

describe('a changed key', () => {
  it('keeps what the patch does not name and loses what it sets to null', async () => {
    const { key } = await keys().issue({
      clientId,
      expiresAt: '2027-01-01T00:00:00.000Z',
      limits: { requestsPerMinute: 5, tokensPerMinute: 1000 },
    });
    expect(await keys().update(key.id, { limits: { requestsPerMinute: null } })).toEqual({
      ...key,
      limits: { tokensPerMinute: 1000 },
    });
    expect(await keys().update(key.id, { name: 'batch', expiresAt: null })).toEqual({
      ...key,
      name: 'batch',
      expiresAt: undefined,
      limits: { tokensPerMinute: 1000 },
    });
    expect(await keys().update(key.id, {})).toMatchObject({ name: 'batch' });
    expect(await keys().update('key_none', { name: 'x' })).toBeUndefined();
  });
});

describe('the last use of keys', () => {
  it('is the UTC day of the latest decision, and of nobody else’s', async () => {
    const { key } = await keys().issue({ clientId });
    const atMs = Date.parse('2026-11-18T23:30:00Z');
    await test.repositories().partitions.ensure('2026-11-17', 2);
    await test
      .repositories()
      .decisions.insertBatch(
        [
          sampleDecision(Date.parse('2026-11-17T10:00:00Z'), { clientId, keyId: key.id }),
          sampleDecision(atMs, { clientId, keyId: key.id }),
          sampleDecision(atMs, { clientId: 'cli_other', keyId: 'key_other' }),
        ],
        { nodeId: 'node' },
      );
    expect(await keys().lastUsed(clientId)).toEqual(new Map([[key.id, '2026-11-18']]));
  });
});
