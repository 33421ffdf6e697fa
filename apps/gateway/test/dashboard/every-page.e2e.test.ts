import type { Role } from '@pointsman/contracts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findViolations, scrollsSideways } from './find-violations.ts';
import { listPages } from './list-pages.ts';
import { openDashboard } from './open-dashboard.ts';
import { type Seeded, seedDashboard } from './seed-dashboard.ts';

// Each page of the dashboard, found by reading the features: a page added tomorrow is in here too.

const opened = await openDashboard();
afterAll(() => (opened.available ? opened.value.close() : undefined));

const PUBLIC = ['/sign-in', '/welcome'];
/** Pages that send elsewhere at once. */
const REDIRECTS = ['/home'];

/** The narrowest that every page must fit. */
const NARROW = { width: 360, height: 740 };

const LOOKS = [
  { name: 'light, desktop', look: {} },
  { name: 'dark, desktop, French', look: { dark: true, language: 'fr' as const } },
  { name: 'light, phone, French', look: { view: NARROW, language: 'fr' as const } },
  { name: 'dark, phone', look: { view: NARROW, dark: true } },
];

const isSettled = async (page: Page): Promise<boolean> =>
  (await page.getByRole('heading', { level: 1 }).count()) > 0 &&
  (await page.locator('.mantine-Skeleton-root, .mantine-Loader-root').count()) === 0;

/** Opens an address and waits for its heading and for what it loads; agreement among raters is computed for some seconds. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  let settledTimes = 0;
  await expect
    .poll(
      async () => {
        settledTimes = (await isSettled(page)) ? settledTimes + 1 : 0;
        return settledTimes;
      },
      { timeout: 60_000, interval: 60, message: `${address} is complete` },
    )
    .toBeGreaterThan(2);
}

describe.skipIf(!opened.available)('every page', () => {
  if (!opened.available) return;
  const { gateway, signedIn, stranger } = opened.value;
  let seeded: Seeded;
  beforeAll(async () => {
    seeded = await seedDashboard(gateway);
  });
  const pages = listPages().filter((path) => !PUBLIC.includes(path) && !REDIRECTS.includes(path));

  test.each(LOOKS)(
    'has no violation, one heading, no error and no sideways scrolling: $name',
    { timeout: 300_000 },
    async ({ look }) => {
      const page = await signedIn('operator', look);
      const wrong: string[] = [];
      page.on('pageerror', (error) => wrong.push(`${page.url()}: ${error.message}`));
      page.on('console', (message) => message.type() === 'error' && wrong.push(`${page.url()}: ${message.text()}`));
      for (const path of pages) {
        await open(page, `${seeded.addressOf(path)}?client=${gateway.clientId}`);
        const violations = await findViolations(page);
        wrong.push(...violations.map((violation) => `${path}: ${violation}`));
        if (await scrollsSideways(page)) wrong.push(`${path}: scrolls sideways`);
        const headings = await page.getByRole('heading', { level: 1 }).count();
        if (headings !== 1) wrong.push(`${path}: ${headings} headings of the first level`);
        if ((await page.evaluate('window.pwned')) !== undefined) wrong.push(`${path}: ran what stands in a text`);
      }
      expect(wrong).toEqual([]);
    },
  );

  test.each<Role>(['client-owner', 'client-member', 'customer-success', 'annotator'])(
    'shows a %s either something or the words that it is not for them',
    { timeout: 300_000 },
    async (role) => {
      const page = await signedIn(role);
      const wrong: string[] = [];
      page.on('pageerror', (error) => wrong.push(`${page.url()}: ${error.message}`));
      for (const path of pages) {
        await open(page, seeded.addressOf(path));
        const text = (await page.locator('main').textContent()) ?? '';
        if (/could not be shown|undefined|NaN|\[object/.test(text)) wrong.push(`${path}: ${text.slice(0, 300)}`);
      }
      expect(wrong).toEqual([]);
    },
  );

  test('sends a stranger to sign in, and back to where they wanted', async () => {
    const page = await stranger();
    await page.goto('/overview?period=90');
    await page.waitForURL(/\/sign-in/);
    expect(new URL(page.url()).searchParams.get('to')).toContain('/overview');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await findViolations(page)).toEqual([]);
  });

  test('says that the models are emulated, where they are', async () => {
    const page = await signedIn('client-owner');
    await open(page, '/overview');
    expect(await page.getByText('The models are emulated').count()).toBe(gateway.deps.pipeline.emulated ? 1 : 0);
  });

  test('changes its language and theme and remembers both', async () => {
    const page = await signedIn('client-owner');
    await open(page, '/overview');
    await page.getByRole('button', { name: 'Account, theme, language' }).click();
    await page.getByRole('menuitem', { name: 'Dark theme' }).click();
    await page.getByRole('button', { name: 'Account, theme, language' }).click();
    await page.getByRole('menuitem', { name: 'Français' }).click();
    await page.getByRole('heading', { level: 1, name: 'Vue d’ensemble' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Vue d’ensemble' }).waitFor();
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
  });

  test('loads less than 250 kB of script before it can be used', async () => {
    const page = await stranger();
    let bytes = 0;
    const sizes: Promise<void>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() !== 'script') return;
      sizes.push(
        response
          .request()
          .sizes()
          .then(({ responseBodySize }) => {
            bytes += responseBodySize;
          }),
      );
    });
    await page.goto('/sign-in');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await Promise.all(sizes);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(250_000);
  });
});
