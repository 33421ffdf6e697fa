import type { Decision } from '@pointsman/contracts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { askAndExplain } from '../ask-and-explain.ts';
import { connectOpenai } from '../connect-openai.ts';
import { findViolations, scrollsSideways } from './find-violations.ts';
import { openDashboard, PHONE, type TestDashboard } from './open-dashboard.ts';

const XSS = '<img src=x onerror="document.title=1">';
const MARKUP = '<script>document.title=1</script>';
const opened = await openDashboard({ policies: [{ name: 'default', minScores: { overall: 0.7 } }] });

const dashboard = (): TestDashboard => {
  if (!opened.available) throw new Error('there is no browser here');
  return opened.value;
};

const ROUNDS = 34;
const asked: Decision[] = [];

/** Asks through the official client, as an application of the client's would. */
async function askAround(): Promise<void> {
  const { gateway } = dashboard();
  const client = connectOpenai(gateway);
  for (let round = 0; round < ROUNDS; round += 1) {
    const { decision } = await askAndExplain(gateway, client, {
      messages: [{ role: 'user', content: `Prove lemma ${round} about primes.` }],
      ...(round === 0 && { pointsman: { end_user: XSS, tags: { team: XSS } } }),
    });
    asked.push(decision);
  }
  const feedback = { decision_id: asked[0]?.id, thumb: 'down', comment: MARKUP };
  await client.post('/pointsman/feedback', { body: feedback });
  await vi.waitFor(async () => {
    const { decisions } = await gateway.deps.repositories.decisions.list({ clientId: gateway.clientId, limit: 100 });
    expect(decisions).toHaveLength(ROUNDS);
  });
}

const said = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

describe.skipIf(!opened.available)('policies and requests in the browser', () => {
  beforeAll(askAround, 60_000);
  afterAll(() => dashboard().close());

  it('lets an owner edit a policy, see what it would have done, and only then save it', async () => {
    const page = await dashboard().signedIn('client-owner');
    await page.goto('/policies');
    await page.getByRole('link', { name: 'default' }).click();
    const save = page.getByRole('button', { name: 'Save' });
    const replay = page.getByRole('button', { name: 'Replay', exact: true });
    await save.waitFor();
    const overall = page.getByRole('textbox', { name: /overall/i }).first();
    await overall.fill('0.9');
    await overall.press('Tab');
    expect(await save.isDisabled()).toBe(true);
    await replay.click();
    await page.getByRole('cell', { name: 'Cost of a month' }).waitFor();
    await said(page, `${ROUNDS} of ${ROUNDS} sampled requests were replayed`);
    expect(await findViolations(page)).toEqual([]);
    // Another draft than the one that was replayed.
    await overall.fill('0.85');
    await overall.press('Tab');
    await said(page, 'The draft has changed since this replay');
    expect(await save.isDisabled()).toBe(true);
    await replay.click();
    await page.getByText('The draft has changed since this replay').waitFor({ state: 'detached' });
    await save.click();
    await said(page, /saved/i);
    const { policies } = dashboard().gateway.deps.repositories;
    expect(await policies.list(dashboard().gateway.clientId)).toMatchObject([
      { name: 'default', minScores: { overall: 0.85 } },
    ]);
    await page.context().close();
  });

  it('shows a member the policy without a way to change it, on a phone and in the dark', async () => {
    const page = await dashboard().signedIn('client-member', { view: PHONE, dark: true });
    await page.goto('/policies/default');
    await said(page, 'Replay of the last days');
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    expect(
      await page
        .getByRole('textbox', { name: /overall/i })
        .first()
        .isDisabled(),
    ).toBe(true);
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    await page.getByRole('cell', { name: 'Quality', exact: true }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    await page.context().close();
  });

  it('follows a request of the official client from the list to its explanation, whatever is written in it', async () => {
    const [marked] = asked;
    const page = await dashboard().signedIn('client-member', { language: 'fr' });
    await page.goto(`/requests?end_user=${encodeURIComponent(XSS)}`);
    await page
      .getByRole('link', { name: /nov\.|déc\.|janv\.|20\d\d/ })
      .first()
      .click();
    await page.waitForURL(`**/requests/${marked?.id}`);
    await said(page, 'En toutes lettres');
    await said(page, marked?.modelId ?? 'nothing');
    await said(page, XSS);
    await said(page, `team=${XSS}`);
    await said(page, MARKUP);
    expect(await page.title()).not.toBe('1');
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    expect(await findViolations(page)).toEqual([]);
    await page.context().close();
  });

  it('finds nothing to complain about in the list, on a phone and in the dark, and keeps its filters in the address', async () => {
    const page = await dashboard().signedIn('client-owner', { view: PHONE, dark: true });
    await page.goto('/requests');
    await page.getByRole('table').waitFor();
    expect(await findViolations(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    await page.getByRole('textbox', { name: 'Decision id' }).fill(asked[3]?.id.slice(0, 30) ?? '');
    await page.waitForURL(/id=dec_/);
    await page.reload();
    await page.getByRole('table').waitFor();
    expect(await page.getByRole('row').count()).toBeLessThanOrEqual(ROUNDS);
    expect(await page.locator(`a[href="/requests/${asked[3]?.id}"]`).count()).toBe(1);
    await page.context().close();
  });
});
