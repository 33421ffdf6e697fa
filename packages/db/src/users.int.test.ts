import { describe, expect, it } from 'vitest';
import { useTestDatabase } from './testing/use-test-database.ts';

const test = useTestDatabase();
const NOW = Date.UTC(2026, 10, 21);
const HOUR_MS = 3_600_000;

describe('users', () => {
  it('sign in with their password, whatever the case of the address', async () => {
    const { users, clients } = test.repositories();
    const client = await clients.create({ name: 'Acme' });
    const input = {
      email: ' Ann@Example.com ',
      password: 'correct horse',
      role: 'client-owner',
      clientId: client.id,
    } as const;
    const user = await users.create(input);
    expect(user).toMatchObject({ email: 'ann@example.com', role: 'client-owner', clientId: client.id });
    const session = await users.signIn('ANN@example.COM', 'correct horse', NOW);
    expect(session).toMatchObject({ user, expiresAt: new Date(NOW + 12 * HOUR_MS).toISOString() });
    expect(await users.findSession(session?.token ?? '', NOW)).toEqual({ user, expiresAt: session?.expiresAt });
  });

  it('get the same answer for a wrong password and for an unknown address', async () => {
    const { users } = test.repositories();
    await users.create({ email: 'bob@example.com', password: 'correct horse', role: 'operator' });
    expect(await users.signIn('bob@example.com', 'wrong horse', NOW)).toBeUndefined();
    expect(await users.signIn('nobody@example.com', 'wrong horse', NOW)).toBeUndefined();
  });

  it('exist once per address', async () => {
    const { users } = test.repositories();
    await users.create({ email: 'cy@example.com', password: 'correct horse', role: 'annotator' });
    const again = users.create({ email: 'CY@example.com', password: 'correct horse', role: 'annotator' });
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
    expect((await users.list()).filter(({ email }) => email === 'cy@example.com')).toHaveLength(1);
  });

  it('need a password of eight characters and a client that exists', async () => {
    const { users } = test.repositories();
    const short = users.create({ email: 'dee@example.com', password: '1234567', role: 'operator' });
    await expect(short).rejects.toMatchObject({ code: 'invalid_request' });
    const lost = users.create({
      email: 'dee@example.com',
      password: '12345678',
      role: 'operator',
      clientId: 'cli_none',
    });
    await expect(lost).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('people', () => {
  it('are told with their client, whether they have a password, and when they signed in last', async () => {
    const { users, clients, auditLog } = test.repositories();
    const { id: clientId } = await clients.create({ name: 'Told' });
    await users.create({ email: 'ida@example.com', name: 'Ida', role: 'client-owner', clientId });
    await users.create({ email: 'jo@example.com', password: 'correct horse', role: 'client-member', clientId });
    const signIn = { actor: 'jo@example.com', action: 'sign-in', summary: '', details: {} };
    await auditLog.add(signIn, { outcome: 'done' });
    const people = await users.listPeople(clientId);
    expect(people).toMatchObject([
      { email: 'ida@example.com', name: 'Ida', clientName: 'Told', hasPassword: false, lastSignInAt: undefined },
      { email: 'jo@example.com', name: '', hasPassword: true, lastSignInAt: expect.stringMatching(/^20.*Z$/) },
    ]);
  });

  it('keep at least one operator who may sign in, even when two remove each other', async () => {
    const { users } = test.repositories();
    for (const { id, role } of await users.list())
      if (role === 'operator') await users.change(id, { role: 'annotator' }).catch(String);
    const [last] = (await users.list()).filter(({ role }) => role === 'operator');
    const id = last?.id ?? '';
    for (const end of [users.remove(id), users.disable(id), users.change(id, { role: 'annotator' })]) {
      await expect(end).rejects.toMatchObject({ code: 'conflict' });
    }
    const other = await users.create({ email: 'kim@example.com', role: 'operator' });
    const both = await Promise.allSettled([users.remove(id), users.remove(other.id)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('who are disabled neither sign in nor stay signed in, until they are enabled', async () => {
    const { users } = test.repositories();
    const { id } = await users.create({ email: 'lee@example.com', password: 'correct horse', role: 'annotator' });
    const session = await users.signIn('lee@example.com', 'correct horse', NOW);
    await users.disable(id);
    expect(await users.findSession(session?.token ?? '', NOW)).toBeUndefined();
    expect(await users.signIn('lee@example.com', 'correct horse', NOW)).toBeUndefined();
    await users.enable(id);
    expect(await users.signIn('lee@example.com', 'correct horse', NOW)).toBeDefined();
  });

  it('change their role and with it their client', async () => {
    const { users, clients } = test.repositories();
    const { id: clientId } = await clients.create({ name: 'Left' });
    const { id } = await users.create({ email: 'mo@example.com', role: 'client-owner', clientId });
    expect(await users.change(id, { role: 'client-member', clientId, name: 'Mo' })).toMatchObject({
      clientId,
      name: 'Mo',
    });
    expect(await users.change(id, { role: 'annotator' })).toMatchObject({ clientId: undefined, name: 'Mo' });
    expect(await users.change('usr_none', { role: 'annotator' })).toBeUndefined();
  });
});

describe('a session', () => {
  const signedIn = async (email: string) => {
    const { users } = test.repositories();
    const user = await users.create({ email, password: 'correct horse', role: 'annotator' });
    const session = await users.signIn(email, 'correct horse', NOW);
    return { user, token: session?.token ?? '', users };
  };

  it('ends by itself after twelve hours', async () => {
    const { users, token } = await signedIn('eve@example.com');
    expect(await users.findSession(token, NOW + 12 * HOUR_MS - 1)).toBeDefined();
    expect(await users.findSession(token, NOW + 12 * HOUR_MS)).toBeUndefined();
  });

  it('ends with a sign-out', async () => {
    const { users, token } = await signedIn('fay@example.com');
    await users.signOut(token);
    expect(await users.findSession(token, NOW)).toBeUndefined();
    await users.signOut(token);
  });

  it('ends when the password changes, and when the user goes', async () => {
    const { users, token, user } = await signedIn('gus@example.com');
    expect(await users.setPassword(user.id, 'battery staple')).toBe(true);
    expect(await users.findSession(token, NOW)).toBeUndefined();
    expect(await users.signIn('gus@example.com', 'correct horse', NOW)).toBeUndefined();
    const again = await users.signIn('gus@example.com', 'battery staple', NOW);
    expect(await users.remove(user.id)).toBe(true);
    expect(await users.findSession(again?.token ?? '', NOW)).toBeUndefined();
  });

  it('is stored without its token', async () => {
    const { token } = await signedIn('hal@example.com');
    const { rows } = await test.get().database.pool.query('select s::text as stored from sessions s');
    expect(JSON.stringify(rows)).not.toContain(token.slice(4));
  });

  it("of a browser's cookie is no bearer token", async () => {
    const { users } = test.repositories();
    const { id } = await users.create({ email: 'ivy@example.com', role: 'annotator' });
    const stored = [Buffer.from('unsigned'), id];
    const { pool } = test.get().database;
    await pool.query(
      `insert into sessions (token_hash, user_id, created_at, expires_at) values (sha256($1), $2, now(), 'infinity')`,
      stored,
    );
    expect(await users.findSession('unsigned', NOW)).toBeUndefined();
  });
});
