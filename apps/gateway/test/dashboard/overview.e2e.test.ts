import { readFile } from 'node:fs/promises';
import type { Decision } from '@pointsman/contracts';
import { sampleDecision } from '@pointsman/db/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations, scrollsSideways } from './find-violations.ts';
import { openDashboard, PHONE, type TestDashboard } from './open-dashboard.ts';

const DAY_MS = 86_400_000;
const opened = await openDashboard();

const dashboard = (): TestDashboard => {
  if (!opened.available) throw new Error('there is no browser here');
  return opened.value;
};

/** Forty days of traffic of the first client, twice as much in the last thirty, and some of another. */
async function addTraffic(): Promise<void> {
  const { gateway } = dashboard();
  const other = await gateway.addClient({ name: 'Zenith' });
  const noon = Math.floor(Date.now() / DAY_MS) * DAY_MS + DAY_MS / 2;
  const of = (clientId: string, daysBack: number, changes: Partial<Decision>): Decision =>
    sampleDecision(noon - daysBack * DAY_MS, { clientId, ...changes });
  const decisions = Array.from({ length: 40 }, (_, daysBack) => [
    of(gateway.clientId, daysBack, { domain: 'legal', tags: { team: 'sales' } }),
    ...(daysBack < 30 ? [of(gateway.clientId, daysBack, { domain: 'travel' })] : []),
    of(other.clientId, daysBack, { domain: 'finance' }),
  ]).flat();
  await gateway.deps.repositories.decisions.insertBatch(decisions);
}

const breakdown = (page: Page) => page.getByRole('region', { name: 'Breakdown', exact: true });

describe.skipIf(!opened.available)('the overview', () => {
  /** Signed in once: signing in takes longer than looking. */
  let owner: Page;
  beforeAll(async () => {
    await addTraffic();
    owner = await dashboard().signedIn('client-owner');
  });
  afterAll(() => (opened.available ? opened.value.close() : undefined));

  it("is where a client's people start, and shows what they spent and what it bought", async () => {
    const page = owner;
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    // 60 requests of 265,800 nano-dollars in the last thirty days; ten in the thirty before.
    await page.getByText('$0.0159', { exact: true }).first().waitFor();
    await page.getByText('+500% against before').first().waitFor();
    await page.getByText('≈ 0.725').first().waitFor();
    await page.getByText('paid $0.0159 instead of $0.0797, 60 requests').waitFor();
    expect(await page.getByText('Zenith').count()).toBe(0);
  });

  it('says what a number means', async () => {
    const page = owner;
    await page.goto('/overview');
    await page.getByRole('button', { name: 'What Saved against always-strongest means' }).click();
    await page.getByText('Strongest is the candidate with the highest estimate for that request.').waitFor();
  });

  it('keeps period, grouping, order and metric in the address', async () => {
    const page = owner;
    await page.goto('/overview?period=7&by=domain&sort=key&metric=quality');
    const names = breakdown(page).getByRole('row').nth(1);
    await names.getByText('legal').waitFor();
    await page.getByText('Line: estimated quality. Band: its 95 % interval.').waitFor();
    await breakdown(page).getByLabel('By', { exact: true }).selectOption('tag');
    await breakdown(page).getByText('team=sales').waitFor();
    await page.getByText('Today', { exact: true }).click();
    await page.waitForURL(/by=tag/);
    await page.waitForURL(/period=today/);
    await page.getByText('today is not over').waitFor();
  });

  it('lets those who see all tell clients apart, or look at one', async () => {
    const page = await dashboard().signedIn('customer-success');
    await page.goto('/overview?by=client');
    await breakdown(page).getByText('Zenith').waitFor();
    await page.goto(`/overview?client=${dashboard().gateway.clientId}`);
    await page.getByText('$0.0159', { exact: true }).first().waitFor();
    expect(
      await breakdown(page).getByLabel('By', { exact: true }).locator('option', { hasText: 'Client' }).count(),
    ).toBe(0);
  });

  it('gives every number as a table and a file', async () => {
    const page = owner;
    await page.goto('/overview?by=domain');
    await page.getByText('Table', { exact: true }).click();
    const days = page.getByRole('region', { name: 'Day by day' });
    await days.getByRole('columnheader', { name: 'Day (UTC)' }).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download Breakdown as CSV' }).click(),
    ]);
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
    expect(lines[0]).toContain('key,name,requests,spend_nano_usd');
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 4))).toEqual([
      ['legal', '', '30', String(30 * 265_800)],
      ['travel', '', '30', String(30 * 265_800)],
    ]);
  });

  it('says that there is nothing yet, and that few are too few', async () => {
    const { clientId } = await dashboard().gateway.addClient({ name: 'New' });
    const page = await dashboard().signedIn('client-owner', { clientId });
    await page.goto('/overview');
    await page.getByRole('link', { name: 'create a key and send the first.' }).waitFor();
    await page.getByText('unknown').first().waitFor();
    await owner.goto('/overview?period=today');
    await owner.getByText('too few samples').first().waitFor();
  });

  it.each([
    { name: 'light, on a desk', look: {} },
    { name: 'dark, on a phone, in French', look: { dark: true, view: PHONE, language: 'fr' as const } },
  ])('has nothing that axe finds: $name', async ({ look }) => {
    const page = await dashboard().signedIn('client-owner', look);
    await page.goto('/overview?metric=quality');
    await page.locator('.recharts-line-curve').waitFor({ state: 'attached' });
    expect(await findViolations(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
  });
});
