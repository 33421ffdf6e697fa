import { readFile } from 'node:fs/promises';
import { SAMPLE_RATERS, storeSampleBenchmark, storeSampleJudging, storeSampleRun } from '@pointsman/annotation/testing';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations, scrollsSideways } from './find-violations.ts';
import { openDashboard, PHONE, type TestDashboard } from './open-dashboard.ts';

const opened = await openDashboard();
const dashboard = (): TestDashboard => {
  if (!opened.available) throw new Error('there is no browser here');
  return opened.value;
};

const HOSTILE = '<img src=x onerror="window.pwned = 1"><script>window.pwned = 1</script> in fourteen days';
let runId = '';

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

describe.skipIf(!opened.available)('benchmark and reports', () => {
  beforeAll(async () => {
    const { gateway } = dashboard();
    const { repositories } = gateway.deps;
    const { first, second } = await storeSampleBenchmark(repositories, gateway.clientId);
    ({ runId } = await storeSampleRun(repositories, { ...second, hostileText: HOSTILE }));
    await storeSampleJudging(repositories, first.cases);
  });
  afterAll(() => (opened.available ? opened.value.close() : undefined));

  it('lets a client read a regression report down to both replies of a case', async () => {
    const page = await dashboard().signedIn('client-owner');
    await page.goto('/reports');
    await heading(page, 'Reports');
    await page.getByRole('link', { name: new RegExp(runId) }).click();
    await heading(page, 'Evaluation run');
    await page.getByText('Worse than the baseline: this is a regression.').waitFor();
    await page
      .getByText(/^Worse: .*Factual accuracy −0\.\d+ \[/)
      .or(page.getByText(/^Worse: .*Factual accuracy -0\.\d+ \[/))
      .waitFor();
    await region(page, 'Cases').getByLabel('By score').selectOption('factual_accuracy');
    await page.waitForURL(/metric=factual_accuracy/);
    await region(page, 'Cases').getByRole('row').nth(1).getByRole('link').click();
    await region(page, 'Baseline').getByText('thirty').waitFor();
    expect(await region(page, 'Baseline').locator('del').allInnerTexts()).toContain('thirty');
    expect(await region(page, 'Candidate').locator('ins').allInnerTexts()).toContain('fourteen');
    await region(page, 'Verdicts')
      .getByText(/judge: /)
      .first()
      .waitFor();
    await page.getByRole('switch', { name: 'Mark what differs' }).uncheck();
    expect(await page.locator('del, ins').count()).toBe(0);
  });

  it('shows a reply as text, whatever is in it', async () => {
    const page = await dashboard().signedIn('operator');
    for (const marks of ['true', 'false']) {
      await page.goto(`/reports/${runId}/case-000?marks=${marks}`);
      await region(page, 'Candidate').getByText('onerror="window.pwned = 1"').waitFor();
      expect(await page.evaluate('window.pwned')).toBeUndefined();
      expect(await page.locator('img[src="x"]').count()).toBe(0);
    }
  });

  it('gives the figures of a report as table, CSV and JSON', async () => {
    const page = await dashboard().signedIn('client-member');
    await page.goto(`/reports/${runId}`);
    const metrics = region(page, 'Differences by dimension');
    await metrics.getByText('Table', { exact: true }).click();
    await metrics.getByRole('columnheader', { name: 'p (adjusted)' }).waitFor();
    const save = async (button: string) => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: button }).click(),
      ]);
      return readFile(await file.path(), 'utf8');
    };
    const csv = await save('Download Differences by dimension as CSV');
    expect(csv.split('\r\n')[0]).toContain('name,verdict,direction,difference,difference_low');
    expect(csv).toMatch(/^factual_accuracy,regression,worse,-0\./m);
    expect(JSON.parse(await save('Report as JSON'))).toMatchObject({ runId, verdict: 'regression' });
  });

  it('finds a case by its words and tells what it is made of', async () => {
    const page = await dashboard().signedIn('client-owner');
    await page.goto('/benchmark');
    await page.getByRole('link', { name: 'Open sample, version 2' }).click();
    await heading(page, 'sample, version 2');
    await page.getByLabel('Search').fill('secret of the client');
    await page.waitForURL(/search=secret/);
    await page.getByRole('link', { name: 'production-900' }).click();
    await page.getByText('A secret of the client: when do parcels come back?').waitFor();
    await page.goto('/benchmark');
    await page.getByRole('link', { name: 'Compare version 1 with version 2' }).click();
    await page.getByText('1 added, 1 changed, 1 retired, 68 unchanged').waitFor();
    await page.getByText('Trente jours, frais de retour compris.').waitFor();
  });

  it('hides raters’ names from clients, and shows how far they agree', async () => {
    const client = await dashboard().signedIn('client-member');
    await client.goto('/benchmark/agreement');
    await region(client, 'Agreement by dimension').getByText('Factual accuracy').waitFor();
    await region(client, 'Bias of raters: Tone').getByText('R3', { exact: true }).waitFor();
    expect(await client.getByText(SAMPLE_RATERS[0]).count()).toBe(0);
    const operator = await dashboard().signedIn('operator');
    await operator.goto('/benchmark/agreement');
    await region(operator, 'Bias of raters: Tone').getByText(SAMPLE_RATERS[0]).waitFor();
  });

  it('keeps annotators blind: they see rubrics, and nothing else of it', async () => {
    const page = await dashboard().signedIn('annotator');
    await page.goto('/benchmark/rubrics');
    await region(page, 'Tone · v1').getByText('Insulting, mocking or hostile, or nothing at all.').waitFor();
    for (const path of ['/benchmark', '/benchmark/agreement', '/reports', `/reports/${runId}`]) {
      await page.goto(path);
      await page.getByText('This is not for your role').waitFor();
    }
  });

  it('says that there is nothing there, and what is not', async () => {
    const page = await dashboard().signedIn('operator');
    await page.goto('/reports?status=failed');
    await page.getByText('No run matches.').waitFor();
    await page.goto('/reports/run_none');
    await page.getByText("There is no run 'run_none'.").waitFor();
    await page.goto('/benchmark/sample/9');
    await page.getByText('There is no sample@9.').waitFor();
  });

  // every-page.e2e.test.ts looks at each page as it opens; these are the tables behind the plots.
  it('has tables that axe finds nothing in, and that do not push the page sideways', async () => {
    const page = await dashboard().signedIn('operator', { dark: true, view: PHONE });
    for (const [path, name] of [
      [`/reports/${runId}`, 'Differences by dimension'],
      ['/benchmark/agreement', 'Agreement by dimension'],
      ['/benchmark/judges', 'Calibration'],
    ] as const) {
      await page.goto(path);
      await region(page, name).getByText('Table', { exact: true }).click();
      await region(page, name).getByRole('table').waitFor();
      expect({ path, found: await findViolations(page) }).toEqual({ path, found: [] });
      await expect.poll(() => scrollsSideways(page), { message: path }).toBe(false);
    }
  });
});
