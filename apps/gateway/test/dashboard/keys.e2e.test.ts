import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '@pointsman/testkit';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { connectOpenai } from '../connect-openai.ts';
import { findViolations, scrollsSideways } from './find-violations.ts';
import { openDashboard, PHONE, type TestDashboard } from './open-dashboard.ts';

// A browser, its pages and a gateway start here, beside whatever else the machine is doing.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const run = promisify(execFile);
const XSS = '<img src=x onerror="globalThis.hacked = 1">';

const opened = await openDashboard({ client: { limits: { budgetMonthUsd: 50 } } });
const dashboard = opened.available ? opened.value : ({} as TestDashboard);

describe.skipIf(!opened.available)('keys and budgets', () => {
  afterEach(() => dashboard.gateway.emulator.clear());
  afterAll(() => dashboard.close());

  /** Signed in once each: signing in takes longer than looking. */
  const people = new Map<string, Promise<Page>>();
  const open = async (...who: Parameters<TestDashboard['signedIn']>): Promise<Page> => {
    const known = people.get(JSON.stringify(who)) ?? dashboard.signedIn(...who);
    people.set(JSON.stringify(who), known);
    const page = await known;
    await page.goto('/keys');
    await page.getByRole('heading', { level: 1, name: /Keys and budgets|Clés et budgets/ }).waitFor();
    return page;
  };
  const answers = (apiKey: string) =>
    connectOpenai(dashboard.gateway, { apiKey })
      .chat.completions.create({ model: 'auto', messages: [{ role: 'user', content: 'Hello!' }] })
      .then(
        () => true,
        () => false,
      );
  const create = async (page: Page, name: string): Promise<string> => {
    await page.getByRole('button', { name: 'Create a key' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    return page.getByRole('textbox', { name: 'Secret' }).inputValue();
  };
  const act = async (page: Page, key: string, action: string) => {
    await page.getByRole('button', { name: `Actions for the key ${key}` }).click();
    await page.getByRole('menuitem', { name: action }).click();
  };

  test('creates a key, shows its secret once, and the official client works with it', async () => {
    const page = await open('client-owner');
    const secret = await create(page, 'web shop');
    expect(await findViolations(page)).toEqual([]);
    expect(await answers(secret)).toBe(true);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.content()).not.toContain(secret);
    await page.reload();
    await page.getByRole('cell', { name: /^web shop pm_/ }).waitFor();
    expect(await page.content()).not.toContain(secret);
  });

  test('gives examples that run as they stand', async () => {
    dashboard.gateway.emulator.script({ reply: 'Good day to you.' });
    const page = await open('client-owner');
    await create(page, 'examples');
    const dialog = page.getByRole('dialog');
    const codeOf = async (tool: string): Promise<string> => {
      await dialog.getByRole('tab', { name: tool }).click();
      return (await dialog.getByRole('group', { name: new RegExp(`: ${tool}$`) }).textContent()) ?? '';
    };
    const cwd = join(projectRoot(), 'apps/gateway');
    expect((await run('bash', ['-c', await codeOf('curl')])).stdout).toContain('Good day to you.');
    for (const tool of ['Node', 'LangChain', 'Vercel AI SDK']) {
      const script = ['--input-type=module', '--eval', await codeOf(tool)];
      expect((await run(process.execPath, script, { cwd })).stdout).toBe('Good day to you.\n');
    }
    expect(await codeOf('Python')).toContain(`base_url="${dashboard.gateway.baseURL}"`);
  });

  test('rotates a key: both secrets work; revokes it: none does', async () => {
    const page = await open('client-owner');
    const first = await create(page, 'turning');
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await act(page, 'turning', 'New secret (rotate)');
    await page.getByRole('button', { name: 'Make a new secret' }).click();
    const second = await page.getByRole('textbox', { name: 'Secret' }).inputValue();
    expect([await answers(first), await answers(second)]).toEqual([true, true]);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByText('two secrets').waitFor();

    await act(page, 'turning', 'Revoke');
    await page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByRole('cell', { name: /^turning pm_/ }).waitFor({ state: 'detached' });
    await vi.waitFor(async () => expect([await answers(first), await answers(second)]).toEqual([false, false]), {
      timeout: 5_000,
      interval: 100,
    });
    await page.getByRole('switch', { name: 'Show expired and revoked keys' }).click({ force: true });
    await page.getByRole('row', { name: /turning.*revoked/ }).waitFor();
    expect(new URL(page.url()).searchParams.get('ended')).toBe('true');
  });

  test('changes a key’s limits, and shows a name that is markup as text', async () => {
    const page = await open('client-owner');
    await create(page, XSS);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await act(page, XSS, 'Change name, limits, end');
    await page.getByRole('textbox', { name: 'Requests per minute' }).fill('7');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('7 requests/min').waitFor();
    await page.getByText(XSS).first().waitFor();
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
  });

  test('lets an owner lower a budget, and says who can raise it', async () => {
    const page = await open('client-owner');
    const setMonth = async (usd: string) => {
      await page.getByRole('button', { name: 'Change budgets' }).click();
      await page.getByRole('textbox', { name: 'Budget of a UTC month' }).fill(usd);
      await page.getByRole('button', { name: 'Save' }).click();
    };
    await setMonth('40');
    await page.getByText('of $40.00').waitFor();
    await setMonth('60');
    await page.getByText(/raised to 60 only by an operator/).waitFor();
  });

  test('shows a member the keys and nothing to change them with', async () => {
    const page = await open('client-member');
    await page.getByRole('cell', { name: /pm_/ }).first().waitFor();
    expect(await page.getByRole('button', { name: /Create a key|Change budgets|Actions/ }).count()).toBe(0);
  });

  test.each([
    { dark: false, language: 'en' as const },
    { dark: true, language: 'fr' as const },
  ])('is sound for everybody: %o', async (look) => {
    const page = await open('client-owner', look.dark ? look : undefined);
    await page.getByRole('table').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.setViewportSize(PHONE);
    await expect.poll(() => scrollsSideways(page)).toBe(false);
  });
});
