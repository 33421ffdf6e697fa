import { DEFAULT_POLICY } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { hashKey } from './keys.ts';
import { useTestDatabase } from './testing/use-test-database.ts';

const test = useTestDatabase();
const SOME_ID = /^cli_[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/;

describe('clients', () => {
  it('get a time-ordered id and the defaults', async () => {
    const { clients } = test.repositories();
    const first = await clients.create({ name: 'Acme' });
    const second = await clients.create({ name: 'Globex' });
    expect(first).toMatchObject({ name: 'Acme', limits: {}, policy: 'default', disabledAt: undefined });
    expect(first.id).toMatch(SOME_ID);
    expect(Math.abs(Number.parseInt(first.id.slice(4, 16), 16) - Date.parse(first.createdAt))).toBeLessThan(1_000);
    expect(first.id <= second.id).toBe(true);
    expect(await clients.get(first.id)).toEqual(first);
    expect(await clients.get('cli_nobody')).toBeUndefined();
  });

  it('keep what a patch does not mention', async () => {
    const { clients } = test.repositories();
    const limits = { requestsPerMinute: 60, budgetDayUsd: 1.5 };
    const { id } = await clients.create({ name: 'Patchy', limits, regions: ['eu'] });
    expect(await clients.update(id, { name: 'Patched' })).toMatchObject({ name: 'Patched', limits, regions: ['eu'] });
    expect(await clients.update(id, { regions: undefined })).toMatchObject({
      name: 'Patched',
      limits,
      regions: undefined,
    });
    expect(await clients.update(id, {})).toMatchObject({ name: 'Patched' });
    expect(await clients.update('cli_nobody', { name: 'x' })).toBeUndefined();
  });

  it('refuse a limit that is none', async () => {
    const { clients } = test.repositories();
    await expect(clients.create({ name: 'Bad', limits: { budgetDayUsd: -1 } })).rejects.toThrow();
  });

  it('are disabled once and can be enabled again', async () => {
    const { clients } = test.repositories();
    const { id } = await clients.create({ name: 'Off' });
    const disabled = await clients.disable(id);
    expect(disabled?.disabledAt).toBeDefined();
    expect((await clients.disable(id))?.disabledAt).toBe(disabled?.disabledAt);
    expect((await clients.enable(id))?.disabledAt).toBeUndefined();
  });

  it('written by a newer version read without the fields this one does not know', async () => {
    const { clients } = test.repositories();
    const { id } = await clients.create({ name: 'Future' });
    await test
      .get()
      .database.pool.query(`update clients set limits = '{"tokensPerMinute": 5, "fromTheFuture": 1}' where id = $1`, [
        id,
      ]);
    expect((await clients.get(id))?.limits).toEqual({ tokensPerMinute: 5 });
  });
});

describe('keys', () => {
  it('show their secret once and are found by its hash, with client and policies', async () => {
    const { clients, keys, policies } = test.repositories();
    const client = await clients.create({ name: 'Keyed' });
    await policies.put({ name: 'own' }, client.id);
    await policies.put({ name: 'default', risk: 0.01 }, client.id);
    const { key, secret } = await keys.issue({ clientId: client.id, expiresAt: '2030-01-01T00:00:00.000Z' });
    expect(secret).toMatch(/^pm_[\w-]{43}$/);
    expect(key).toMatchObject({ scopes: ['inference', 'read'], expiresAt: '2030-01-01T00:00:00.000Z' });
    expect(secret.startsWith(key.prefix)).toBe(true);
    const holder = await keys.findByHash(hashKey(secret));
    expect(holder).toMatchObject({ key, client });
    expect(holder?.policies.map(({ name, risk }) => [name, risk])).toEqual([
      ['default', 0.01],
      ['own', 0.15],
    ]);
    const { rows } = await test.get().database.pool.query('select k::text as stored from api_keys k');
    expect(JSON.stringify(rows)).not.toContain(secret.slice(15));
  });

  it('are not found by anything else', async () => {
    const { keys } = test.repositories();
    expect(await keys.findByHash(hashKey('pm_guess'))).toBeUndefined();
    expect(await keys.findByHash('not a hash')).toBeUndefined();
  });

  it('say that they were revoked', async () => {
    const { clients, keys } = test.repositories();
    const client = await clients.create({ name: 'Revoker' });
    const { key, secret } = await keys.issue({ clientId: client.id });
    await keys.revoke(key.id);
    expect((await keys.findByHash(hashKey(secret)))?.key.revokedAt).toBeDefined();
    expect((await keys.list(client.id)).map(({ id }) => id)).toEqual([key.id]);
    expect(await keys.revoke('key_none')).toBeUndefined();
  });

  it('need a client', async () => {
    await expect(test.repositories().keys.issue({ clientId: 'cli_nobody' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('policies', () => {
  it('of one name live once per owner', async () => {
    const { clients, policies } = test.repositories();
    const client = await clients.create({ name: 'Policed' });
    for (const owner of [null, client.id]) {
      await policies.put({ name: 'cheap', risk: 0.2 }, owner);
      await policies.put({ name: 'cheap', risk: 0.3 }, owner);
      expect((await policies.list(owner)).filter(({ name }) => name === 'cheap')).toMatchObject([{ risk: 0.3 }]);
    }
    expect(await policies.remove('cheap', client.id)).toBe(true);
    expect(await policies.remove('cheap', client.id)).toBe(false);
    expect((await policies.list(null)).map(({ name }) => name)).toContain('cheap');
    await expect(policies.put({ name: 'x' }, 'cli_nobody')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('always include the global default', async () => {
    const { policies } = test.repositories();
    await expect(policies.remove(DEFAULT_POLICY.name, null)).rejects.toMatchObject({ code: 'conflict' });
    expect(await policies.list(null)).toContainEqual(DEFAULT_POLICY);
  });
});

describe('catalogues and settings', () => {
  it('make the catalogue saved last the active one, an old one too', async () => {
    const { catalogs } = test.repositories();
    expect(await catalogs.active()).toBeUndefined();
    const [one, two] = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb'].map((version) => ({ version, providers: [], models: [] }));
    if (one === undefined || two === undefined) throw new Error('unreachable');
    await catalogs.save(one, 'first');
    await catalogs.save(two, 'second');
    expect(await catalogs.active()).toEqual(two);
    await catalogs.save(one, 'back again');
    expect(await catalogs.active()).toEqual(one);
    expect((await catalogs.list()).map(({ version, note, active }) => [version, note, active])).toEqual([
      ['aaaaaaaaaaaa', 'back again', true],
      ['bbbbbbbbbbbb', 'second', false],
    ]);
  });

  it('keep any JSON value, null included', async () => {
    const { settings } = test.repositories();
    for (const value of [{ a: [1, 'two', null] }, null, false, 'text', 0]) {
      await settings.put('some-key', value);
      expect(await settings.get('some-key')).toEqual(value);
    }
    expect(await settings.get('never-put')).toBeUndefined();
  });

  it('are changed by many at once without losing a change', async () => {
    const { settings } = test.repositories();
    const counted = (value: unknown): number => (typeof value === 'number' ? value : 0) + 1;
    const others = Array.from({ length: 6 }, (_, n) => settings.put(`other-${n % 2}`, n));
    const [all] = await Promise.all([
      Promise.all(Array.from({ length: 6 }, () => settings.change('count', counted))),
      ...others,
    ]);
    expect(all.sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await settings.get('count')).toBe(6);
  });

  it('tell a change what was put from what was not, and keep the old when it throws', async () => {
    const { settings } = test.repositories();
    expect(await settings.change('fresh', (value) => ({ was: value === undefined ? 'nothing' : value }))).toEqual({
      was: 'nothing',
    });
    await settings.put('fresh', null);
    expect(await settings.change('fresh', (value) => ({ was: value }))).toEqual({ was: null });
    const fails = () => {
      throw new Error('no');
    };
    await expect(settings.change('fresh', fails)).rejects.toThrow('no');
    await expect(settings.change('unborn', fails)).rejects.toThrow('no');
    expect([await settings.get('fresh'), await settings.get('unborn')]).toEqual([{ was: null }, undefined]);
  });
});

describe('the configuration revision', () => {
  it('grows with every change that a gateway caches, and with nothing else', async () => {
    const { clients, keys, policies, users, catalogs, settings, certificates, configRevision, budgets } =
      test.repositories();
    const client = await clients.create({ name: 'Watched' });
    const { key } = await keys.issue({ clientId: client.id });
    const certificate = { clientId: client.id, policy: 'watched', routerVersion: 'a', body: {} };
    const { id } = await certificates.issue({ ...certificate, policy: 'other' });
    const changes: (() => Promise<unknown>)[] = [
      () => clients.update(client.id, { name: 'Renamed' }),
      () => clients.disable(client.id),
      () => keys.issue({ clientId: client.id }),
      () => keys.revoke(key.id),
      () => policies.put({ name: 'watched' }, client.id),
      () => policies.remove('watched', client.id),
      () => users.create({ email: 'watched@example.com', password: 'long enough', role: 'operator' }),
      () => catalogs.save({ version: 'cccccccccccc', providers: [], models: [] }, ''),
      () => settings.put('watched', 1),
      () => certificates.issue(certificate),
      () => certificates.expire(id, 'watched'),
    ];
    for (const change of changes) {
      const before = await configRevision();
      await change();
      expect(await configRevision()).toBeGreaterThan(before);
    }
    const before = await configRevision();
    await clients.list();
    await budgets.renew('node', 1000, 0);
    await certificates.claimForCheck(0);
    await users.signIn('watched@example.com', 'long enough', 0);
    expect(await configRevision()).toBe(before);
  });
});
