import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { connectOpenai } from '../connect-openai.ts';
import { findViolations, scrollsSideways } from './find-violations.ts';
import { openDashboard, PHONE, type TestDashboard } from './open-dashboard.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const opened = await openDashboard({ client: { regions: ['eu', 'us', 'global'] } });
const dashboard = opened.available ? opened.value : ({} as TestDashboard);

describe.skipIf(!opened.available)('the settings of a client', () => {
  afterAll(() => dashboard.close());

  /** Signed in once each: signing in takes longer than looking. */
  const people = new Map<string, Promise<Page>>();
  const open = async (...who: Parameters<TestDashboard['signedIn']>): Promise<Page> => {
    const known = people.get(JSON.stringify(who)) ?? dashboard.signedIn(...who);
    people.set(JSON.stringify(who), known);
    const page = await known;
    await page.goto('/settings');
    await page.getByRole('heading', { level: 1, name: /Settings|Réglages/ }).waitFor();
    return page;
  };
  const stored = () => dashboard.gateway.deps.repositories.requestSamples.stored(dashboard.gateway.clientId);
  const clientNow = () => dashboard.gateway.deps.repositories.clients.get(dashboard.gateway.clientId);
  const ask = (user: string) =>
    connectOpenai(dashboard.gateway).chat.completions.create({
      model: 'openai/gpt-4.1-mini',
      user,
      messages: [{ role: 'user', content: 'Hello' }],
    });

  test('keep samples from when the owner says so, and erase them for an end user', async () => {
    const page = await open('client-owner');
    const section = page.getByRole('region', { name: 'Samples for rating' });
    await section.getByRole('switch', { name: 'Keep samples' }).click({ force: true });
    await section.getByRole('textbox', { name: 'Share of answered requests' }).fill('100');
    await section.getByRole('textbox', { name: 'Erase after' }).fill('7');
    await section.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    expect((await clientNow())?.sampling).toEqual({ share: 1, retentionDays: 7 });
    await vi.waitFor(
      async () => {
        await ask('ann');
        await dashboard.gateway.deps.samples.flush();
        expect((await stored()).stored).toBeGreaterThan(0);
      },
      { timeout: 5_000, interval: 200 },
    );
    await page.reload();
    await section.getByText(/samples? (is|are) stored/).waitFor();
    await section.getByRole('textbox', { name: 'End user' }).fill('ann');
    await section.getByRole('button', { name: 'Erase theirs' }).click();
    await page.getByRole('button', { name: 'Confirm' }).click();
    await section.getByText('0 samples are stored.').waitFor();
    expect((await stored()).stored).toBe(0);
  });

  test('are narrowed by an owner, and the cache is theirs', async () => {
    const page = await open('client-owner');
    const cache = page.getByRole('region', { name: 'Exact cache' });
    await cache.getByRole('switch').click({ force: true });
    await cache.getByRole('textbox', { name: /minutes/ }).fill('10');
    await cache.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    expect((await clientNow())?.cache).toEqual({ enabled: true, ttlSeconds: 600 });
    expect(await page.getByRole('textbox', { name: 'Name' }).getAttribute('readonly')).not.toBeNull();
  });

  test('are read by a member, and changed by none', async () => {
    const page = await open('client-member');
    await page.getByText('eu, us, global').waitFor();
    expect(await page.getByRole('button', { name: /Save|Erase/ }).count()).toBe(0);
    expect(await page.getByRole('main').getByRole('textbox').count()).toBe(0);
  });

  test.each([
    { dark: false, language: 'en' as const },
    { dark: true, language: 'fr' as const },
  ])('are sound for everybody: %o', async (look) => {
    const page = await open('client-owner', look.dark ? look : undefined);
    await page.getByRole('region', { name: /Exact cache|Cache exact/ }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.setViewportSize(PHONE);
    await expect.poll(() => scrollsSideways(page)).toBe(false);
  });
});
