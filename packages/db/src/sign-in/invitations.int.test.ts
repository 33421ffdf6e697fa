import { describe, expect, it } from 'vitest';
import { useTestDatabase } from '../testing/use-test-database.ts';

const test = useTestDatabase();
const NOW = Date.UTC(2026, 10, 21);
const DAY_MS = 86_400_000;

function invite(email: string, more: { userId?: string; clientId?: string } = {}) {
  const role = more.clientId === undefined ? ('annotator' as const) : ('client-member' as const);
  const expiresAt = new Date(NOW + DAY_MS);
  return test
    .repositories()
    .invitations.create({ email, role, invitedBy: 'boss@example.com', expiresAt, ...more }, NOW);
}

describe('an invitation', () => {
  it('makes somebody who may sign in, once', async () => {
    const { invitations, users, clients } = test.repositories();
    const client = await clients.create({ name: 'Acme' });
    const { token } = await invite('Ann@Example.com', { clientId: client.id });
    const open = await invitations.find(token, NOW);
    expect(open).toMatchObject({ email: 'ann@example.com', clientName: 'Acme', role: 'client-member', name: '' });
    const accept = () =>
      invitations.accept(open?.id ?? '', { name: 'Ann', password: 'correct horse', emailVerified: false }, NOW);
    const both = await Promise.all([accept(), accept()]);
    expect(both.filter((user) => user !== undefined)).toEqual([
      expect.objectContaining({ email: 'ann@example.com', name: 'Ann', clientId: client.id }),
    ]);
    expect(await users.signIn('ann@example.com', 'correct horse', NOW)).toBeDefined();
    expect(await invitations.find(token, NOW)).toBeUndefined();
    expect(await invitations.list(client.id, NOW)).toMatchObject([{ state: 'accepted', clientName: 'Acme' }]);
  });

  it('ends by itself, and when it is revoked', async () => {
    const { invitations } = test.repositories();
    const late = await invite('late@example.com');
    expect(await invitations.find(late.token, NOW + DAY_MS)).toBeUndefined();
    expect(await invitations.accept(late.invitation.id, { password: 'correct horse' }, NOW + DAY_MS)).toBeUndefined();
    const gone = await invite('gone@example.com');
    expect(await invitations.revoke(gone.invitation.id, 'cli_another', NOW)).toBe(false);
    expect(await invitations.revoke(gone.invitation.id, undefined, NOW)).toBe(true);
    expect(await invitations.find(gone.token, NOW)).toBeUndefined();
    const states = (await invitations.list(undefined, NOW + DAY_MS)).map(({ email, state }) => [email, state]);
    expect(states).toEqual(
      expect.arrayContaining([
        ['late@example.com', 'expired'],
        ['gone@example.com', 'revoked'],
      ]),
    );
  });

  it('is still open when somebody with the address exists by then, and makes nobody', async () => {
    const { invitations, users } = test.repositories();
    const { invitation, token } = await invite('twice@example.com');
    await users.create({ email: 'twice@example.com', password: 'correct horse', role: 'annotator' });
    const again = invitations.accept(invitation.id, { name: 'T', password: 'battery staple' }, NOW);
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
    expect(await invitations.find(token, NOW)).toBeDefined();
  });

  it('is stored without its token', async () => {
    const { token } = await invite('hal@example.com');
    const { rows } = await test.get().database.pool.query('select i::text as stored from invitations i');
    expect(JSON.stringify(rows)).not.toContain(token.slice(4));
  });
});

describe('a link for somebody who exists', () => {
  it('sets the password, ends older sessions and the link before, and is no invitation', async () => {
    const { invitations, users } = test.repositories();
    const user = await users.create({ email: 'bob@example.com', name: 'Bob', role: 'annotator' });
    expect(await users.signIn('bob@example.com', '', NOW)).toBeUndefined();
    const first = await invite('bob@example.com', { userId: user.id });
    const second = await invite('bob@example.com', { userId: user.id });
    expect(await invitations.find(first.token, NOW)).toBeUndefined();
    const open = await invitations.find(second.token, NOW);
    expect(open).toMatchObject({ userId: user.id, name: 'Bob' });
    await invitations.accept(open?.id ?? '', { password: 'correct horse' }, NOW);
    const session = await users.signIn('bob@example.com', 'correct horse', NOW);
    const third = await invite('bob@example.com', { userId: user.id });
    await invitations.accept(third.invitation.id, { password: 'battery staple' }, NOW);
    expect(await users.findSession(session?.token ?? '', NOW)).toBeUndefined();
    expect((await invitations.list(undefined, NOW)).filter(({ email }) => email === 'bob@example.com')).toEqual([]);
  });

  it('brings nobody in who is disabled', async () => {
    const { invitations, users } = test.repositories();
    const user = await users.create({ email: 'off@example.com', role: 'annotator' });
    const { invitation } = await invite('off@example.com', { userId: user.id });
    await users.disable(user.id);
    const accepted = invitations.accept(invitation.id, { password: 'correct horse' }, NOW);
    await expect(accepted).rejects.toMatchObject({ code: 'permission_denied' });
  });
});
