import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleReport, storeReport } from '../sample-report.ts';
import { findViolations, scrollsSideways } from './find-violations.ts';
import { openDashboard, PHONE, type TestDashboard } from './open-dashboard.ts';
import { sampleTraffic, writeDecisions } from './seed-traffic.ts';

const STRONG = 'openai/gpt-4.1';
const opened = await openDashboard({
  policies: [{ name: 'default', minScores: { overall: 0.75 }, deniedModels: ['*opus*'] }],
});

const dashboard = (): TestDashboard => {
  if (!opened.available) throw new Error('there is no browser here');
  return opened.value;
};

async function addNumbers(): Promise<void> {
  const { gateway } = dashboard();
  const { clientId, deps } = gateway;
  const traffic = sampleTraffic({ clientId, keyId: 'key_1', count: 600, days: 5, nowMs: Date.now() });
  await writeDecisions(deps.repositories, traffic);
  await storeReport(gateway, sampleReport({ candidate: 'openai/gpt-4.1-mini', baseline: STRONG }));
}

const plane = (page: Page) => page.getByRole('region', { name: 'Quality and cost of models', exact: true });
const rowsOf = (page: Page, table: string) => page.getByRole('table', { name: table }).getByRole('row');
/** One owner for all: signing in takes longer than most of what is looked at. */
let owner: Page;
const visit = async (address: string, page = owner): Promise<Page> => {
  await page.goto(address);
  await page.getByRole('heading', { level: 1, name: 'Models' }).waitFor();
  return page;
};

describe.skipIf(!opened.available)('the page of models', () => {
  beforeAll(async () => {
    await addNumbers();
    owner = await dashboard().signedIn('client-owner');
  });
  afterAll(() => (opened.available ? opened.value.close() : undefined));

  it('draws what the router expects of every model, and where the policy sits', async () => {
    const page = await visit('/models');
    await plane(page).locator('.recharts-surface').first().waitFor();
    await page.getByText(/mean over 840 reference prompts/).waitFor();
    const policy = page.getByRole('region', { name: 'All requests together' });
    await policy.getByText('Policy “default”').waitFor();
    await policy.getByText('accepts an overall score of 0.750 and more').waitFor();
    await policy.getByText('600 requests in the period').waitFor();
    await plane(page).getByText('prior only: nobody evaluated it').waitFor();
    const marks = await plane(page).locator('.recharts-scatter-symbol').count();
    expect(marks).toBeGreaterThan(50);
  });

  it('keeps source, domain, task and the chosen model in the address', async () => {
    const page = await visit('/models');
    await page.getByText('Real requests', { exact: true }).click();
    await page.getByLabel('Domain', { exact: true }).selectOption('legal');
    await page.getByLabel('Task', { exact: true }).selectOption('');
    await plane(page).getByRole('button', { name: 'GPT-4.1', exact: true }).click();
    await page.waitForURL(/source=traffic.*domain=legal.*model=/);
    const details = page.getByRole('region', { name: 'GPT-4.1', exact: true });
    await details.getByText('Mean cost of a request').waitFor();
    await details.getByRole('link', { name: 'Requests it served' }).waitFor();
    await page.reload();
    await details.getByRole('button', { name: 'Close' }).click();
    await details.waitFor({ state: 'detached' });
  });

  it('opens a model by a click on its point', async () => {
    const page = await visit('/models?source=benchmark');
    await plane(page).locator('.recharts-scatter-symbol circle').last().click();
    await page.waitForURL(/model=openai/);
    await page.getByRole('link', { name: 'Open the report' }).waitFor();
  });

  it('sorts the table and gives it as a file', async () => {
    const page = await visit('/models?source=traffic');
    const first = rowsOf(page, 'Models of the plane').nth(1);
    await plane(page).getByRole('button', { name: 'Sort by Cost' }).click();
    await first.getByText('Claude Sonnet 4.5').waitFor();
    await plane(page).getByRole('button', { name: 'Sort by Cost' }).click();
    await first.getByText('GPT-4.1 nano').waitFor();
    const lines = await fileOf(page, 'Download Quality and cost of models as CSV');
    expect(lines[0]).toContain('model,provider,cost_nano_usd,cost_is_estimated,quality,quality_low');
    expect(lines).toHaveLength(6);
  });

  it('shows every served model on the board, those nobody measured as such', async () => {
    const page = await visit('/models?view=board&source=benchmark');
    const rows = rowsOf(page, 'Scores of models');
    await rows.nth(1).getByText('n = 100').first().waitFor();
    await rows.nth(4).getByText('not measured').first().waitFor();
    await page.getByLabel('Search').fill('gpt-4.1-mini');
    await page.waitForURL(/search=gpt-4.1-mini/);
    await page.getByText('1 row', { exact: true }).waitFor();
    const lines = await fileOf(page, 'Download Board of models as CSV');
    expect(lines).toHaveLength(2);
    await page.getByLabel('Search').fill('nothing is called that');
    await page.getByText('No model passes these filters.').waitFor();
  });

  it('says why there is nothing to see', async () => {
    const page = await visit('/models?source=benchmark&domain=legal&task=write');
    await page.getByText('Reports of runs are cut by domain or by task').waitFor();
    const { clientId } = await dashboard().gateway.addClient({ name: 'New' });
    const empty = await dashboard().signedIn('client-member', { clientId });
    await empty.goto('/models?source=traffic');
    await empty.getByText('No requests in this period.').waitFor();
    const annotator = await dashboard().signedIn('annotator');
    await annotator.goto('/models');
    await annotator.getByText('This is not for your role').waitFor();
  });

  it('shows all clients together to those who see all, without a policy', async () => {
    const page = await visit('/models?source=traffic', await dashboard().signedIn('operator'));
    await page.getByRole('region', { name: 'All requests together' }).waitFor();
    expect(await page.getByLabel('Only models the policy allows').count()).toBe(0);
  });

  it.each([
    { name: 'light, on a desk', look: {} },
    { name: 'dark, on a phone, in French', look: { dark: true, view: PHONE, language: 'fr' as const } },
  ])('has nothing that axe finds: $name', async ({ look }) => {
    const page = await dashboard().signedIn('client-owner', look);
    for (const address of [`/models?source=traffic&model=${STRONG}`, '/models?view=board&search=mini']) {
      await page.goto(address);
      await page.locator('.recharts-surface, table').first().waitFor();
      expect(await findViolations(page)).toEqual([]);
      expect(await scrollsSideways(page)).toBe(false);
    }
  });
});

async function fileOf(page: Page, name: string): Promise<string[]> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  return (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
}
