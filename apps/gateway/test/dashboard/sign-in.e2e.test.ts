import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type OidcProvider, startOidcProvider } from '../oidc-provider.ts';
import { findViolations, scrollsSideways } from './find-violations.ts';
import { openDashboard, PASSWORD, PHONE, type TestDashboard } from './open-dashboard.ts';

vi.setConfig({ testTimeout: 60_000 });

const provider: OidcProvider = await startOidcProvider();
const opened = await openDashboard({
  env: {
    POINTSMAN_OIDC_ISSUER: provider.issuer,
    POINTSMAN_OIDC_CLIENT_ID: provider.clientId,
    POINTSMAN_OIDC_CLIENT_SECRET: provider.clientSecret,
  },
  yaml: 'signIn: { oidc: { name: Acme } }\n',
});

const BOSS = 'boss@pointsman.example';

describe.skipIf(!opened.available)('people at the door', () => {
  let dashboard: TestDashboard;
  let boss: Page;
  beforeAll(async () => {
    if (!opened.available) throw new Error('tests of a skipped suite do not run');
    dashboard = opened.value;
    await dashboard.gateway.deps.repositories.users.create({ email: BOSS, password: PASSWORD, role: 'operator' });
    await dashboard.gateway.addClient({ name: 'another client' });
    boss = await dashboard.stranger();
  });
  afterAll(async () => {
    await dashboard.close();
    await provider.close();
  });

  async function signIn(page: Page, email: string, password: string): Promise<void> {
    await page.getByRole('textbox', { name: 'E-mail address' }).fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  const soundAndNarrow = async (page: Page) => {
    expect(await findViolations(page)).toEqual([]);
    const before = page.viewportSize();
    await page.setViewportSize(PHONE);
    expect([await findViolations(page), await scrollsSideways(page)]).toEqual([[], false]);
    if (before) await page.setViewportSize(before);
  };

  test('are sent to sign in, told when the password is wrong, and let in where they wanted to go', async () => {
    await boss.goto('/people?q=boss');
    await signIn(boss, BOSS, 'not the password');
    expect(await boss.getByRole('alert').textContent()).toContain('is wrong');
    await soundAndNarrow(boss);
    await signIn(boss, BOSS, PASSWORD);
    await boss.getByRole('heading', { name: 'People', level: 1 }).waitFor();
    expect(boss.url()).toBe(`${dashboard.gateway.origin}/people?q=boss`);
    await boss.getByRole('cell', { name: BOSS, exact: true }).waitFor();
    await soundAndNarrow(boss);
  });

  test('come in by an invitation, in a browser of their own, and see their client only', async () => {
    await boss.goto('/people');
    await boss.getByRole('button', { name: 'Invite somebody' }).click();
    const dialog = boss.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'E-mail address' }).fill('owner@acme.example');
    await dialog.getByRole('combobox', { name: 'Role' }).click();
    await boss.getByRole('option', { name: 'owner', exact: true }).click();
    await dialog.getByRole('combobox', { name: 'Client' }).click();
    await boss.getByRole('option', { name: 'acme' }).click();
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    const link = (await dialog.getByText('/welcome?token=').textContent())?.trim() ?? '';
    await soundAndNarrow(boss);

    const owner = await dashboard.stranger();
    await owner.goto(link);
    await owner.getByText('invited to acme as owner').waitFor();
    await soundAndNarrow(owner);
    await owner.getByRole('textbox', { name: 'Your name' }).fill('Olga Owner');
    await owner.getByRole('textbox', { name: 'New password' }).fill(PASSWORD);
    await owner.getByRole('button', { name: 'Enter' }).click();
    await owner.getByRole('button', { name: 'Account, theme, language' }).waitFor();
    const seen = await owner.evaluate(async () => {
      const read = async (path: string) => (await fetch(`/api${path}`)).json();
      return { clients: await read('/clients'), people: await read('/people'), me: await read('/me') };
    });
    expect(seen).toMatchObject({
      clients: { data: [{ name: 'acme' }] },
      people: { data: [{ email: 'owner@acme.example' }] },
      me: { name: 'Olga Owner', role: 'client-owner', clientName: 'acme' },
    });

    await owner.goto('/audit');
    await owner.getByRole('row', { name: /owner@acme\.example.*Sign in/ }).waitFor();
    expect(await owner.getByRole('row', { name: new RegExp(BOSS) }).count()).toBe(1);
    await soundAndNarrow(owner);
    await owner.getByRole('button', { name: /Details of: Invite somebody/ }).click();
    await owner.getByRole('dialog').getByText('"owner@acme.example"').waitFor();

    await owner.goto(link);
    expect(await owner.getByRole('alert').textContent()).toContain('used already');
    await owner.goto('/account');
    await owner.getByRole('heading', { name: 'My account' }).waitFor();
    await soundAndNarrow(owner);
    await owner.getByRole('button', { name: 'Account, theme, language' }).click();
    await owner.getByRole('menuitem', { name: 'Sign out' }).click();
    await owner.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await owner.evaluate(async () => (await fetch('/api/me')).status)).toBe(401);
    await owner.context().close();
  });

  test('are edited: a new role, shut out, let in again, never the last operator', async () => {
    const { users } = dashboard.gateway.deps.repositories;
    const { id } = await users.create({ email: 'ann@pointsman.example', name: 'Ann', role: 'annotator' });
    await boss.goto('/people?q=ann%40');
    await boss.getByRole('button', { name: 'Edit ann@pointsman.example' }).click();
    const dialog = boss.getByRole('dialog', { name: 'ann@pointsman.example' });
    await dialog.getByRole('combobox', { name: 'Role' }).click();
    await boss.getByRole('option', { name: 'customer success' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await users.get(id))?.role).toBe('customer-success');
    await dialog.getByRole('button', { name: 'Shut out' }).click();
    await boss.getByRole('button', { name: 'Confirm' }).click();
    await dialog.getByRole('button', { name: 'Let in again' }).click();
    await dialog.getByRole('button', { name: 'Shut out' }).waitFor();
    expect((await users.get(id))?.disabledAt).toBeUndefined();

    await boss.goto(`/people?q=${BOSS}`);
    await boss.getByRole('button', { name: `Edit ${BOSS}` }).click();
    await boss.getByRole('button', { name: 'Remove' }).click();
    await boss.getByRole('button', { name: 'Confirm' }).click();
    expect(await boss.getByRole('alert').textContent()).toContain('last operator');
  });

  test('come in by the provider of identities when they are known, and are told why not otherwise', async () => {
    const page = await dashboard.stranger();
    provider.next = { claims: { sub: 'x', email: 'stranger@example.org', email_verified: true } };
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in with Acme' }).click();
    await page.getByText('Nobody has invited this address').waitFor();
    provider.next = { claims: { sub: 'b', email: BOSS, email_verified: true } };
    await page.goto('/sign-in?to=%2Faccount');
    await page.getByRole('button', { name: 'Sign in with Acme' }).click();
    await page.getByRole('heading', { name: 'My account' }).waitFor();
    await page.context().close();
  });

  test('change password, language and theme', async () => {
    await boss.goto('/account');
    await boss.getByRole('textbox', { name: 'Present password' }).fill('not the password');
    await boss.getByRole('textbox', { name: 'New password' }).fill('a new long password');
    await boss.getByRole('button', { name: 'Change the password' }).click();
    expect(await boss.getByRole('alert').textContent()).toContain('present password is wrong');
    await boss.getByRole('textbox', { name: 'Present password' }).fill(PASSWORD);
    await boss.getByRole('button', { name: 'Change the password' }).click();
    await boss.getByText('The password is changed').waitFor();
    await boss.getByText('Dark', { exact: true }).click();
    await boss.getByText('Français', { exact: true }).click();
    await boss.getByRole('heading', { name: 'Mon compte' }).waitFor();
    for (const path of ['/account', '/people', '/audit']) {
      await boss.goto(path);
      await boss.getByRole('heading', { level: 1 }).waitFor();
      await boss.waitForLoadState('networkidle');
      await soundAndNarrow(boss);
    }
  });
});
