import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Claims, type OidcProvider, startOidcProvider } from './oidc-provider.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';

let provider: OidcProvider;
let gateway: TestGateway;
beforeAll(async () => {
  provider = await startOidcProvider();
  gateway = await startGateway({
    env: {
      POINTSMAN_OIDC_ISSUER: provider.issuer,
      POINTSMAN_OIDC_CLIENT_ID: provider.clientId,
      POINTSMAN_OIDC_CLIENT_SECRET: provider.clientSecret,
    },
  });
});
afterAll(async () => {
  await gateway.close();
  await provider.close();
});

const cookiesOf = (reply: Response) => reply.headers.getSetCookie().map((each) => each.split(';')[0]);

/** As a browser goes: to us, to the provider, back to us. `tamper` changes the address it comes back to. */
async function comeIn(claims: Claims, more: Partial<OidcProvider['next']> = {}, tamper = (back: URL) => back) {
  provider.next = { claims, ...more };
  const start = await fetch(`${gateway.origin}/api/auth/sign-in/social`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ callbackURL: '/overview' }),
  });
  const { url } = (await start.json()) as { url: string };
  const consent = await fetch(url, { redirect: 'manual' });
  const back = tamper(new URL(consent.headers.get('location') ?? ''));
  const end = await fetch(back, { redirect: 'manual', headers: { cookie: cookiesOf(start).join('; ') } });
  const cookie = cookiesOf(end).join('; ');
  const me = await fetch(`${gateway.origin}/api/me`, { headers: { cookie } });
  return { back, location: end.headers.get('location') ?? '', me: me.status === 200 ? await me.json() : me.status };
}

const stored = () => gateway.deps.repositories;
const invite = (email: string) =>
  stored().invitations.create(
    { email, role: 'annotator', invitedBy: 'test', expiresAt: new Date(Date.now() + 60_000) },
    Date.now(),
  );

describe('a provider of identities', () => {
  test('is offered by name', async () => {
    const reply = await fetch(`${gateway.origin}/api/sign-in-options`);
    expect(await reply.json()).toEqual({ oidc: { name: 'OpenID Connect' } });
  });

  test('lets in whom we know, by verified address, and afterwards by subject', async () => {
    await stored().users.create({ email: 'ann@example.org', name: 'Ann', role: 'operator' });
    const first = await comeIn({ sub: 'a1', email: 'Ann@example.org', email_verified: true });
    expect(first).toMatchObject({ location: '/overview', me: { email: 'ann@example.org', role: 'operator' } });
    expect(first.back.origin + first.back.pathname).toBe(`${gateway.origin}/api/auth/callback/oidc`);
    const renamed = await comeIn({ sub: 'a1', email: 'ann.new@example.org', email_verified: true });
    expect(renamed.me).toMatchObject({ email: 'ann@example.org' });
    const { data } = await stored().auditLog.list({ actor: 'ann@example.org', limit: 9 });
    expect(data).toMatchObject([
      { action: 'sign-in', outcome: 'done', details: { how: 'provider of identities' } },
      { action: 'sign-in' },
    ]);
  });

  test('brings in whom somebody invited, with the role of the invitation, which is used up', async () => {
    const { token } = await invite('bea@example.org');
    const { me } = await comeIn({ sub: 'b1', email: 'bea@example.org', email_verified: true, name: 'Bea' });
    expect(me).toMatchObject({ email: 'bea@example.org', name: 'Bea', role: 'annotator' });
    expect(await stored().invitations.find(token, Date.now())).toBeUndefined();
  });

  test('brings in nobody else', async () => {
    const { location, me } = await comeIn({ sub: 's1', email: 'stranger@example.org', email_verified: true });
    expect([location, me]).toEqual(['/sign-in?error=signup_disabled', 401]);
    expect(await stored().users.findByEmail('stranger@example.org')).toBeUndefined();
    const { data } = await stored().auditLog.list({ action: 'sign-in', outcome: 'refused', limit: 9 });
    expect(data).toMatchObject([{ actor: 'unknown' }]);
  });

  test.each([[false], [undefined]])('is not believed about an address it has not verified: %s', async (verified) => {
    const email = `unsure-${verified}@example.org`;
    await stored().users.create({ email, role: 'operator' });
    await invite(`invited-${email}`);
    const claims = { sub: `u-${verified}`, ...(verified !== undefined && { email_verified: verified }) };
    expect((await comeIn({ ...claims, email })).me).toBe(401);
    expect((await comeIn({ ...claims, email: `invited-${email}` })).me).toBe(401);
    expect(await stored().users.findByEmail(`invited-${email}`)).toBeUndefined();
  });

  test('is not believed when somebody else signed, for another, elsewhere, before, or for another visit', async () => {
    await stored().users.create({ email: 'cy@example.org', role: 'operator' });
    const claims = { sub: 'c1', email: 'cy@example.org', email_verified: true };
    for (const more of [
      { key: 'stranger' as const },
      { lies: { aud: 'another' } },
      { lies: { iss: 'http://elsewhere.example' } },
      { lies: { exp: 1 } },
      { lies: { nonce: 'of-another-visit' } },
    ]) {
      expect((await comeIn(claims, more)).me, JSON.stringify(more)).toBe(401);
    }
    expect((await comeIn(claims)).me).toMatchObject({ email: 'cy@example.org' });
  });

  test('does not let in who comes back with a state that is not theirs', async () => {
    const { location, me } = await comeIn({ sub: 'a1' }, {}, (back) => {
      back.searchParams.set('state', 'forged');
      return back;
    });
    expect(me).toBe(401);
    expect(location).toMatch(/^\/sign-in\?error=/);
  });

  test('does not let in who is disabled', async () => {
    const { id } = await stored().users.create({ email: 'off@example.org', role: 'annotator' });
    await stored().users.disable(id);
    expect((await comeIn({ sub: 'o1', email: 'off@example.org', email_verified: true })).me).toBe(401);
  });

  test('is no way to be sent to another site', async () => {
    const reply = await fetch(`${gateway.origin}/api/auth/sign-in/social`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ callbackURL: '//evil.example' }),
    });
    expect(reply.status).toBe(400);
  });
});

test('a provider of identities that is away is asked again when somebody wants to come in', async () => {
  const late = await startOidcProvider();
  const port = new URL(late.issuer).port;
  await late.close();
  const other = await startGateway({
    env: {
      POINTSMAN_OIDC_ISSUER: `http://127.0.0.1:${port}`,
      POINTSMAN_OIDC_CLIENT_ID: late.clientId,
      POINTSMAN_OIDC_CLIENT_SECRET: late.clientSecret,
    },
  });
  const start = () =>
    fetch(`${other.origin}/api/auth/sign-in/social`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
  expect((await start()).status).toBe(503);
  const back = await startOidcProvider(Number(port));
  expect((await start()).status).toBe(200);
  await other.close();
  await back.close();
});
