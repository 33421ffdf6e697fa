import type { Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { findViolations, scrollsSideways } from './find-violations.ts';
import { openDashboard, PHONE, type TestDashboard } from './open-dashboard.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const MODEL = 'openai/gpt-4.1-mini';
const XSS = '<img src=x onerror="globalThis.hacked = 1"><script>globalThis.hacked = 2</script> & <b>bold</b>';

const opened = await openDashboard({ policies: [{ name: 'one', allowedModels: [MODEL], minScores: {} }] });
const dashboard = opened.available ? opened.value : ({} as TestDashboard);

describe.skipIf(!opened.available)('the playground', () => {
  afterEach(() => dashboard.gateway.emulator.clear());
  afterAll(() => dashboard.close());

  /** Signed in once each: signing in takes longer than looking. */
  const people = new Map<string, Promise<Page>>();
  const open = async (look: Parameters<TestDashboard['signedIn']>[1] = {}, query = ''): Promise<Page> => {
    const known = people.get(JSON.stringify(look)) ?? dashboard.signedIn('client-member', look);
    people.set(JSON.stringify(look), known);
    const page = await known;
    await page.goto(`/playground${query}`);
    await page.getByRole('heading', { level: 1, name: /Playground|Bac à sable/ }).waitFor();
    return page;
  };
  const asked = () => dashboard.gateway.emulator.requests;

  test('shows who would answer and for how much, and calls nobody', async () => {
    const page = await open();
    await page.getByRole('textbox', { name: 'Message 1' }).fill('Why do trains need points?');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText(/Expected cost ≈ \$/).waitFor();
    await page.getByRole('row', { name: /chosen/ }).waitFor();
    expect(asked()).toHaveLength(0);
  });

  test('answers by Ctrl+Enter, says what it cost, and leads to the decision', async () => {
    dashboard.gateway.emulator.script({ reply: XSS });
    const page = await open({}, `?model=${encodeURIComponent('auto/one')}`);
    await page.getByRole('textbox', { name: 'Message 1' }).fill(XSS);
    await page.keyboard.press('Control+Enter');
    await page.getByText('Done').waitFor();
    expect(await page.getByRole('group', { name: 'Answer' }).textContent()).toBe(XSS);
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
    expect(asked()).toHaveLength(1);
    const decisions = await vi.waitFor(async () => {
      const { repositories } = dashboard.gateway.deps;
      const page1 = await repositories.decisions.list({ clientId: dashboard.gateway.clientId, limit: 10 });
      expect(page1.decisions).toHaveLength(1);
      return page1.decisions;
    }, 5_000);
    const [decision] = decisions;
    expect(decision).toMatchObject({ keyId: 'playground', modelId: MODEL, policy: 'one' });
    const link = page.getByRole('link', { name: `Why ${MODEL}: the decision` });
    expect(await link.getAttribute('href')).toContain(`/requests/${decision?.id}`);

    await page.getByRole('button', { name: 'Go on with this conversation' }).click();
    expect(await page.getByRole('textbox', { name: 'Message 2' }).inputValue()).toBe(XSS);
    await page.getByRole('textbox', { name: 'Message 3' }).waitFor();
  });

  test('stops the provider', async () => {
    dashboard.gateway.emulator.script({ reply: 'one two three four five six', hangAfterChunks: 3 });
    const page = await open({}, `?model=${encodeURIComponent(MODEL)}`);
    await page.getByRole('textbox', { name: 'Message 1' }).fill('Count to six.');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByRole('group', { name: 'Answer' }).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText(/^Stopped\./).waitFor();
    await vi.waitFor(() => expect(asked()[0]?.abortedAtMs).toBeDefined(), 5_000);
    expect(await page.getByRole('group', { name: 'Answer' }).textContent()).toMatch(/^one/);
  });

  test('says why nobody may answer, and keeps the bounds in the address', async () => {
    const page = await open();
    await page.getByRole('textbox', { name: 'Message 1' }).fill('Hello');
    await page.getByRole('textbox', { name: 'Max. cost ($)' }).fill('0.000001');
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('No model may answer this').waitFor();
    expect(new URL(page.url()).searchParams.get('maxCost')).toContain('0.000001');
  });

  test.each([
    { dark: false, language: 'en' as const },
    { dark: true, language: 'fr' as const },
  ])('is sound for everybody: %o', async (look) => {
    const page = await open(look.dark ? look : {});
    await page.getByRole('textbox', { name: 'Message 1' }).fill('Hello');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('table').waitFor();
    await page.getByText(/^(Done|Terminé)$/).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.setViewportSize(PHONE);
    await expect.poll(() => scrollsSideways(page)).toBe(false);
  });
});
