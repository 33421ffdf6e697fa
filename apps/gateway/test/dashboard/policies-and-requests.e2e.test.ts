import type { Decision } from '@pointsman/contracts';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { askAndExplain } from '../ask-and-explain.ts';
import { connectOpenai } from '../connect-openai.ts';
import { findViolations, scrollsSideways } from './find-violations.ts';
import { openDashboard, PHONE, type TestDashboard } from './open-dashboard.ts';

const XSS = '<img src=x onerror="document.title=1">';
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
    await save.waitFor();
    expect(await save.isDisabled()).toBe(true);
    const overall = page.getByRole('textbox', { name: /overall/i }).first();
    await overall.fill('0.9');
    await overall.press('Tab');
    expect(await save.isDisabled()).toBe(true);
    await page.getByRole('button', { name: /replay/i }).click();
    await page.getByRole('cell', { name: 'Cost per request' }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await save.click();
    await said(page, /saved/i);
    const { policies } = dashboard().gateway.deps.repositories;
    expect(await policies.list(dashboard().gateway.clientId)).toMatchObject([
      { name: 'default', minScores: { overall: 0.9 } },
    ]);
  });
});
