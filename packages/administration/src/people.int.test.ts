import { repositories } from '@pointsman/db';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from './clients.ts';
import {
  acceptLink,
  acceptVouchedFor,
  invite,
  linkForPassword,
  listInvitations,
  revokeInvitation,
} from './invitations.ts';
import { changePerson, disablePerson, listPeople, removePerson } from './people.ts';

const NOW = Date.UTC(2026, 10, 21);
const BOSS = { name: 'boss@example.org', clientId: undefined };
let storage: ReturnType<typeof repositories>;
let drop: () => Promise<void>;
let acme = '';
let other = '';
beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  drop = test.drop;
  acme = (await createClient(storage, { name: 'acme' })).id;
  other = (await createClient(storage, { name: 'other' })).id;
});
afterAll(() => drop());

const owner = () => ({ name: 'owner@acme.org', clientId: acme });

describe('invitations', () => {
  it('want a client exactly where the role has one', async () => {
    const asked = (input: unknown) => invite(storage, input, { asker: BOSS, now: NOW });
    await expect(asked({ email: 'a@example.org', role: 'client-owner' })).rejects.toMatchObject({ param: 'client' });
    await expect(asked({ email: 'a@example.org', role: 'operator', client: 'acme' })).rejects.toMatchObject({
      param: 'client',
    });
    await expect(asked({ email: 'nobody', role: 'operator' })).rejects.toMatchObject({ param: 'email' });
  });

  it("tell an operator, not another client's owner, that the address is taken", async () => {
    await storage.users.create({ email: 'ann@example.org', role: 'client-member', clientId: other });
    const input = { email: 'Ann@example.org', role: 'client-member', client: 'acme' };
    await expect(invite(storage, input, { asker: BOSS, now: NOW })).rejects.toMatchObject({ code: 'conflict' });
    await expect(invite(storage, input, { asker: owner(), now: NOW })).resolves.toBeDefined();
  });

  it('to one client are listed and withdrawn by its owner, others look as if they did not exist', async () => {
    const { invitation } = await invite(
      storage,
      { email: 'bea@example.org', role: 'client-member', client: 'other' },
      { asker: BOSS, now: NOW },
    );
    const seen = (await listInvitations(storage, owner(), NOW)).map(({ email }) => email);
    expect(seen).toEqual(['ann@example.org']);
    const withdrawn = (asker: typeof BOSS | ReturnType<typeof owner>) =>
      revokeInvitation(storage, { invitation: invitation.id, asker }, NOW);
    await expect(withdrawn(owner())).rejects.toMatchObject({ code: 'not_found' });
    await withdrawn(BOSS);
    await expect(withdrawn(BOSS)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('need a name and a password of ten characters', async () => {
    const { token } = await invite(storage, { email: 'cid@example.org', role: 'annotator' }, { asker: BOSS, now: NOW });
    const short = acceptLink(storage, { token, name: 'Cid', password: 'nine char' }, NOW);
    await expect(short).rejects.toMatchObject({ param: 'password' });
    const nameless = acceptLink(storage, { token, password: 'correct horse' }, NOW);
    await expect(nameless).rejects.toMatchObject({ param: 'name' });
    expect(await acceptLink(storage, { token, name: 'Cid', password: 'correct horse' }, NOW)).toMatchObject({
      name: 'Cid',
      role: 'annotator',
    });
  });

  it('are accepted by an address that a provider vouches for, once', async () => {
    await invite(storage, { email: 'dot@example.org', role: 'annotator' }, { asker: BOSS, now: NOW });
    const vouched = () => acceptVouchedFor(storage, { email: 'Dot@example.org', name: 'Dot' }, NOW);
    expect(await vouched()).toMatchObject({ email: 'dot@example.org', role: 'annotator' });
    expect(await vouched()).toBeUndefined();
    expect(await acceptVouchedFor(storage, { email: 'stranger@example.org', name: '' }, NOW)).toBeUndefined();
  });
});

describe('people', () => {
  it('of another client do not exist for an owner, and neither do those who work for all', async () => {
    const far = await storage.users.create({ email: 'far@example.org', role: 'client-owner', clientId: other });
    const near = await storage.users.create({ email: 'near@example.org', role: 'client-member', clientId: acme });
    const asker = owner();
    expect((await listPeople(storage, asker)).map(({ email }) => email)).toEqual(['near@example.org']);
    for (const change of [disablePerson, removePerson]) {
      await expect(change(storage, { person: far.id, asker })).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await changePerson(storage, { person: near.id, asker }, { role: 'client-owner' })).toMatchObject({
      role: 'client-owner',
      clientId: acme,
    });
  });

  it('of a client are never given a role that works for all by its owner, nor invited to it or elsewhere', async () => {
    const { id } = await storage.users.create({ email: 'up@example.org', role: 'client-member', clientId: acme });
    const raised = changePerson(storage, { person: id, asker: owner() }, { role: 'operator' });
    await expect(raised).rejects.toMatchObject({ code: 'permission_denied' });
    const asked = (input: unknown) => invite(storage, input, { asker: owner(), now: NOW });
    await expect(asked({ email: 'x@example.org', role: 'operator' })).rejects.toMatchObject({
      code: 'permission_denied',
    });
    await expect(asked({ email: 'x@example.org', role: 'client-owner', client: 'other' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('who work for all cannot be moved into a client by a role alone', async () => {
    const { id } = await storage.users.create({ email: 'all@example.org', role: 'annotator' });
    const moved = changePerson(storage, { person: id, asker: BOSS }, { role: 'client-member' });
    await expect(moved).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('get a new password by a link that names who asked', async () => {
    const user = await storage.users.create({ email: 'eli@example.org', name: 'Eli', role: 'annotator' });
    const { token } = await linkForPassword(storage, user, { asker: BOSS, now: NOW });
    await acceptLink(storage, { token, password: 'correct horse' }, NOW);
    expect((await listPeople(storage, BOSS)).find(({ id }) => id === user.id)).toMatchObject({ hasPassword: true });
  });
});
