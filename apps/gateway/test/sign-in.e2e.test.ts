import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from './start-gateway.ts';

const PASSWORD = 'correct horse battery';
let gateway: TestGateway;
let boss: Awaited<ReturnType<typeof person>>;
beforeAll(async () => {
  gateway = await startGateway();
  boss = await person('boss@example.org', 'operator');
});
afterAll(() => gateway.close());

type Ask = { method?: string; body?: unknown; cookie?: string; headers?: Record<string, string> };

/** As a page of ours asks. */
async function ask(path: string, { method, body, cookie, headers }: Ask = {}) {
  const reply = await fetch(`${gateway.origin}/api${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    redirect: 'manual',
    headers: {
      'sec-fetch-site': 'same-origin',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(cookie !== undefined && { cookie }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const setCookies = reply.headers.getSetCookie();
  const text = await reply.text();
  return {
    status: reply.status,
    setCookies,
    cookie: setCookies.map((each) => each.split(';')[0]).join('; '),
    json: text.startsWith('{') ? JSON.parse(text) : text,
  };
}

const people = () => gateway.deps.repositories.users;
const signIn = (email: string, password = PASSWORD) => ask('/auth/sign-in/email', { body: { email, password } });

async function person(
  email: string,
  role: 'operator' | 'client-owner' | 'client-member' | 'annotator',
  clientId?: string,
) {
  const user = await people().create({ email, password: PASSWORD, role, clientId });
  return { ...user, cookie: (await signIn(email)).cookie };
}

describe('a browser', () => {
  test('is signed in by a cookie that no script reads, for a password that scrypt hashed before', async () => {
    await people().create({ email: 'ann@example.org', password: PASSWORD, role: 'operator' });
    const reply = await signIn(' Ann@Example.org');
    expect(reply).toMatchObject({ status: 200, json: { done: true } });
    expect(reply.setCookies.join()).toMatch(
      /^pointsman\.session_token=[^;]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(await ask('/me', { cookie: reply.cookie })).toMatchObject({
      status: 200,
      json: { name: 'ann@example.org', email: 'ann@example.org', role: 'operator', emulated: false },
    });
  });

  test('gets a Secure cookie where it came by https', async () => {
    const headers = { 'x-forwarded-proto': 'https' };
    const reply = await ask('/auth/sign-in/email', {
      headers,
      body: { email: 'boss@example.org', password: PASSWORD },
    });
    expect(reply.setCookies.join()).toMatch(/^__Secure-pointsman\.session_token=.*; Secure/);
    expect((await ask('/me', { cookie: reply.cookie, headers })).status).toBe(200);
  });

  test('gets the same answer for a wrong password and an unknown address', async () => {
    const wrong = await signIn('boss@example.org', 'wrong');
    const unknown = await signIn('nobody@example.org', 'wrong');
    expect([wrong.status, wrong.json]).toEqual([unknown.status, unknown.json]);
    expect(wrong).toMatchObject({ status: 401, setCookies: [] });
  });

  test('cannot guess: both doors count together', async () => {
    for (let guess = 0; guess < 5; guess++) {
      expect((await signIn('gus@example.org', `guess ${guess}`)).status).toBe(401);
      const body = { email: 'gus@example.org', password: `guess ${guess}` };
      expect((await ask('/sign-in', { body })).status).toBe(401);
    }
    expect((await signIn('gus@example.org', 'guess')).status).toBe(429);
  });

  test('is signed out for good, in the database too', async () => {
    const { cookie } = await person('cy@example.org', 'annotator');
    expect(await ask('/sign-out', { cookie, method: 'POST' })).toMatchObject({ status: 200 });
    expect((await ask('/me', { cookie })).status).toBe(401);
  });

  test('is out at once when its person is disabled, and cannot come back', async () => {
    const { cookie, id } = await person('dan@example.org', 'annotator');
    await people().disable(id);
    expect((await ask('/me', { cookie })).status).toBe(401);
    expect((await signIn('dan@example.org')).status).toBe(401);
  });

  test("needs the cookie's signature: the token alone is none, nor is it a bearer token", async () => {
    const { cookie } = await person('eve@example.org', 'annotator');
    const token = decodeURIComponent(cookie)
      .replace(/^[^=]+=/, '')
      .split('.')[0];
    const forged = `pointsman.session_token=${token}.${Buffer.alloc(32).toString('base64')}`;
    expect((await ask('/me', { cookie: encodeURI(forged) })).status).toBe(401);
    expect((await ask('/me', { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
  });

  test('changes its password, which ends its other sessions and those of scripts', async () => {
    const { cookie } = await person('fay@example.org', 'annotator');
    const other = (await signIn('fay@example.org')).cookie;
    const change = (currentPassword: string, newPassword: string) =>
      ask('/auth/change-password', { cookie, body: { currentPassword, newPassword } });
    expect(await change('wrong', 'battery staple')).toMatchObject({
      status: 400,
      json: { error: { param: 'currentPassword' } },
    });
    expect(await change(PASSWORD, 'too short')).toMatchObject({
      status: 400,
      json: { error: { param: 'newPassword' } },
    });
    const changed = await change(PASSWORD, 'battery staple');
    expect(changed.status).toBe(200);
    expect((await ask('/me', { cookie: changed.cookie })).status).toBe(200);
    expect((await ask('/me', { cookie: other })).status).toBe(401);
    expect((await signIn('fay@example.org', 'battery staple')).status).toBe(200);
  });

  test('finds no other door of better-auth open: nobody registers himself', async () => {
    const body = { email: 'me@example.org', password: PASSWORD, name: 'Me' };
    for (const path of ['sign-up/email', 'update-user', 'delete-user', 'request-password-reset', 'list-sessions']) {
      expect((await ask(`/auth/${path}`, { body })).status, path).toBe(404);
    }
    expect(await people().findByEmail('me@example.org')).toBeUndefined();
  });
});

describe('a change that only a cookie stands for', () => {
  test.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{}, 403],
  ])('is refused when it does not come from a page of ours: %j', async (headers: Record<string, string>, status) => {
    const { cookie } = boss;
    const reply = await fetch(`${gateway.origin}/api/clients`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', ...headers },
      body: '{"name":"forged"}',
    });
    expect(reply.status).toBe(status);
    const own = await fetch(`${gateway.origin}/api/clients`, { headers: { cookie, ...headers } });
    expect(own.status).toBe(200);
  });

  test('is made when it does, also where the browser sends an origin only', async () => {
    const { cookie } = boss;
    const reply = await fetch(`${gateway.origin}/api/clients`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', origin: gateway.origin },
      body: '{"name":"made"}',
    });
    expect(reply.status).toBe(201);
  });

  test('signing in from a page that is not ours is refused too', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };
    const body = { email: 'ann@example.org', password: PASSWORD };
    expect((await ask('/auth/sign-in/email', { headers, body })).status).toBe(403);
  });
});

describe('invitations and people', () => {
  test('an operator invites an owner, who comes in by the link, once', async () => {
    const { cookie } = boss;
    const input = { email: 'owner@acme.org', role: 'client-owner', client: gateway.clientId };
    const { status, json } = await ask('/invitations', { cookie, body: input });
    expect([status, json.invitation]).toMatchObject([201, { email: 'owner@acme.org', state: 'open' }]);
    const link = new URL(json.link);
    expect(link.origin + link.pathname).toBe(`${gateway.origin}/welcome`);
    const token = link.searchParams.get('token') ?? '';
    expect((await ask(`/invitations/accept?token=${token}`)).json).toMatchObject({
      purpose: 'invitation',
      email: 'owner@acme.org',
      role: 'client-owner',
      clientName: 'acme',
    });
    const accepted = await ask('/invitations/accept', { body: { token, name: 'Olga', password: PASSWORD } });
    expect(accepted.status).toBe(200);
    expect((await ask('/me', { cookie: accepted.cookie })).json).toMatchObject({ name: 'Olga', clientName: 'acme' });
    expect((await ask(`/invitations/accept?token=${token}`)).status).toBe(404);
    const listed = (await ask('/invitations', { cookie })).json.data;
    expect(listed).toMatchObject([{ state: 'accepted', invitedBy: 'boss@example.org' }]);
    expect(JSON.stringify(listed)).not.toContain(token.slice(4));
  });

  test("an owner's hands end at the own client", async () => {
    const other = await gateway.addClient({ name: 'other' });
    const { cookie } = await person('hand@acme.org', 'client-owner', gateway.clientId);
    const far = await person('far@other.org', 'client-member', other.clientId);
    const invite = (input: object) => ask('/invitations', { cookie, body: { email: 'new@example.org', ...input } });
    expect((await invite({ role: 'client-member' })).json.invitation).toMatchObject({ clientId: gateway.clientId });
    expect((await invite({ role: 'operator' })).status).toBe(403);
    for (const client of ['other', other.clientId, 'cli_nobody']) {
      expect((await invite({ role: 'client-member', client })).status).toBe(404);
    }
    const seen = (await ask('/people', { cookie })).json.data.map(({ clientId }: { clientId?: string }) => clientId);
    expect(new Set(seen)).toEqual(new Set([gateway.clientId]));
    for (const [method, path] of [
      ['PATCH', ''],
      ['POST', '/disable'],
      ['POST', '/enable'],
      ['POST', '/reset-link'],
      ['DELETE', ''],
    ] as const) {
      const body = method === 'PATCH' ? { role: 'client-owner' } : undefined;
      const reply = await ask(`/people/${far.id}${path}`, { cookie, method, ...(body && { body }) });
      expect(reply.status, path).toBe(404);
    }
  });

  test.each(['client-member', 'annotator'] as const)('a %s manages nobody', async (role) => {
    const { cookie } = await person(`${role}@acme.org`, role, role === 'client-member' ? gateway.clientId : undefined);
    for (const path of ['/people', '/invitations', '/audit']) expect((await ask(path, { cookie })).status).toBe(403);
    const body = { email: 'n@example.org', role: 'client-member', client: gateway.clientId };
    expect((await ask('/invitations', { cookie, body })).status).toBe(403);
  });

  test('a link sets a new password and ends the sessions of the old one', async () => {
    const lost = await person('lost@example.org', 'annotator');
    const { json } = await ask(`/people/${lost.id}/reset-link`, { cookie: boss.cookie, method: 'POST' });
    const token = new URL(json.link).searchParams.get('token');
    const accepted = await ask('/invitations/accept', { body: { token, password: 'battery staple' } });
    expect((await ask('/me', { cookie: accepted.cookie })).json).toMatchObject({ email: 'lost@example.org' });
    expect((await ask('/me', { cookie: lost.cookie })).status).toBe(401);
  });
});

describe('the audit log', () => {
  const entries = async (cookie: string, query = '') => (await ask(`/audit?limit=200${query}`, { cookie })).json.data;

  test('has every change with who, what and which client, and no secret', async () => {
    const { cookie, email } = await person('log@example.org', 'operator');
    const { json: client } = await ask('/clients', { cookie, body: { name: 'logged' } });
    const issued = await ask(`/clients/${client.id}/keys`, { cookie, body: { name: 'k' } });
    await ask(`/keys/${issued.json.key.id}`, { cookie, method: 'DELETE' });
    await ask('/clients', { cookie, body: { name: '' } });
    const log = await entries(cookie, `&actor=${email}`);
    expect(log).toMatchObject([
      { action: 'POST /clients', outcome: 'refused', status: 400 },
      { action: 'DELETE /keys/{id}', outcome: 'done', clientName: 'logged', details: { id: issued.json.key.id } },
      {
        action: 'POST /clients/{id}/keys',
        outcome: 'done',
        status: 201,
        clientName: 'logged',
        details: { body: { name: 'k' } },
      },
      { action: 'POST /clients', summary: 'Create a client', outcome: 'done', clientId: client.id, role: 'operator' },
      { action: 'sign-in', outcome: 'done' },
    ]);
    expect(JSON.stringify(log)).not.toContain(issued.json.secret);
  });

  test('has those who failed to sign in, and what keys and scripts change', async () => {
    const { cookie } = boss;
    await signIn('Missing@example.org', 'wrong horse');
    expect(await entries(cookie, '&actor=missing@example.org')).toMatchObject([
      { action: 'sign-in', outcome: 'refused' },
    ]);
    const headers = { authorization: `Bearer ${gateway.apiKey}` };
    await ask('/clients', { headers, body: { name: 'by key' } });
    expect((await entries(cookie, '&action=POST /clients'))[0]).toMatchObject({
      actor: expect.stringMatching(/^pm_.+\.\.\.$/),
    });
    expect(JSON.stringify(await entries(cookie))).not.toMatch(/horse|battery/);
  });

  test("shows owners what concerns their client only, whoever did it, and nobody else's", async () => {
    const other = await gateway.addClient({ name: 'quiet' });
    const owner = await person('own@quiet.org', 'client-owner', other.clientId);
    await ask(`/clients/${other.clientId}`, { cookie: boss.cookie, method: 'PATCH', body: { name: 'loud' } });
    await ask(`/clients/${gateway.clientId}`, { cookie: boss.cookie, method: 'PATCH', body: { name: 'acme' } });
    const seen: { action: string; clientId: string }[] = await entries(owner.cookie);
    expect(seen.map(({ action }) => action)).toEqual(['PATCH /clients/{id}', 'sign-in']);
    expect(new Set(seen.map(({ clientId }) => clientId))).toEqual(new Set([other.clientId]));
    expect((await ask(`/audit?client=${gateway.clientId}`, { cookie: owner.cookie })).status).toBe(404);
  });

  test('stops changes it cannot record', async () => {
    const { cookie } = boss;
    const { auditLog, clients } = gateway.deps.repositories;
    const { start } = auditLog;
    auditLog.start = () => Promise.reject(new Error('the log is full'));
    const reply = await ask('/clients', { cookie, body: { name: 'unrecorded' } });
    auditLog.start = start;
    expect(reply.status).toBe(500);
    expect((await clients.list()).map(({ name }) => name)).not.toContain('unrecorded');
  });
});
