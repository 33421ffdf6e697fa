import type { Batch } from '@pointsman/contracts';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { signInAs } from '../act-as.ts';
import { findViolations, scrollsSideways } from './find-violations.ts';
import { openDashboard, PHONE } from './open-dashboard.ts';

const opened = await openDashboard();
afterAll(() => (opened.available ? opened.value.close() : undefined));

const ITEMS = 20;
const HOSTILE = '<img src=x onerror="document.title=\'hacked\'"><script>document.title="hacked"</script>';

const lines = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      caseId: `case-${index}`,
      model: 'acme/secret-model',
      domain: 'travel',
      task: 'answer',
      language: 'en',
      messages: [{ role: 'user', text: `Question ${index} ${HOSTILE}` }],
      reply: `Reply ${index} ${HOSTILE}`,
    }),
  ).join('\n');

describe.skipIf(!opened.available)('rating by keyboard', () => {
  if (!opened.available) return;
  const { gateway, signedIn } = opened.value;

  const createBatch = async (): Promise<Batch> => {
    const token = await signInAs(gateway, 'operator');
    const answer = await fetch(`${gateway.origin}/api/annotation/batches`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        title: 'Travel replies',
        guidelines: 'Rate what is there.',
        goldShare: 0,
        source: { kind: 'file', format: 'jsonl', content: lines(ITEMS) },
      }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as Batch;
  };

  /** The number in "Reply n", of the reply on the screen. */
  const shown = async (page: Page): Promise<number> => {
    const text = (await page.getByRole('region', { name: 'Reply to rate' }).textContent()) ?? '';
    return Number(/Reply (\d+) /.exec(text)?.[1]);
  };

  const settled = (page: Page) => page.getByRole('status').filter({ hasText: 'Everything is saved' }).waitFor();

  test('takes seven keys for six dimensions, through a reload and a lost connection, and loses nothing', async () => {
    await createBatch();
    const page = await signedIn('annotator');
    await page.goto('/annotate');
    await page
      .getByText('Rate what is there.')
      .or(page.getByRole('region', { name: 'Reply to rate' }))
      .first()
      .waitFor();
    const pressed = new Map<number, string>();
    const press = async (keys: string) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    for (let done = 0; done < ITEMS; done += 1) {
      const number = await shown(page);
      const keys = Array.from({ length: 6 }, (_, index) => String(1 + ((number + index) % 5))).join('');
      if (done === 5) {
        // Half an item, then the page is loaded anew.
        await press(keys.slice(0, 3));
        await settled(page);
        await page.reload();
        await page.getByRole('region', { name: 'Reply to rate' }).waitFor();
        expect(await shown(page)).toBe(number);
        expect(await page.getByRole('radio', { checked: true }).count()).toBe(3);
        await press(keys.slice(3));
      } else if (done === 10) {
        // What comes next was fetched before the connection went.
        await settled(page);
        await page.waitForLoadState('networkidle');
        await page.context().setOffline(true);
        await press(keys);
      } else {
        await press(keys);
      }
      pressed.set(number, keys);
      await page.keyboard.press('Enter');
      if (done === ITEMS - 1) break;
      // The next reply was there already: no network is needed to show it.
      await expect.poll(() => shown(page), { timeout: 5_000 }).not.toBe(number);
      if (done === 11) {
        await page.getByRole('status').filter({ hasText: 'No connection' }).waitFor();
        await page.context().setOffline(false);
      }
    }
    await settled(page);
    expect(pressed.size).toBe(ITEMS);
    const stored = await gateway.deps.repositories.annotations.all();
    const told = stored.map(({ reply, ratings }) => [Number(/Reply (\d+) /.exec(reply)?.[1]), ratings.length] as const);
    expect(told.toSorted((a, b) => a[0] - b[0])).toEqual(Array.from({ length: ITEMS }, (_, index) => [index, 6]));
    for (const { reply, ratings } of stored) {
      const keys = pressed.get(Number(/Reply (\d+) /.exec(reply)?.[1])) ?? '';
      expect(ratings.map(({ rating }) => rating).toSorted()).toEqual([...keys].map(Number).toSorted());
    }
    expect(await page.title()).not.toBe('hacked');
  });

  test('undoes a rating, then a reply; skips with a reason; names the keys', async () => {
    await createBatch();
    const page = await signedIn('annotator');
    await page.goto('/annotate');
    await page.getByRole('region', { name: 'Reply to rate' }).waitFor();
    const first = await shown(page);
    for (const key of '54u3') await page.keyboard.press(key);
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(2);
    for (const key of '1111') await page.keyboard.press(key);
    await page.keyboard.press('Enter');
    await expect.poll(() => shown(page)).not.toBe(first);
    await settled(page);
    await page.keyboard.press('u');
    await expect.poll(() => shown(page)).toBe(first);
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(6);
    await page.keyboard.press('s');
    await page.getByRole('dialog', { name: 'Skip this reply' }).waitFor();
    await page.keyboard.press('3');
    await expect.poll(() => shown(page)).not.toBe(first);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  test('is sound for everybody: no violation, nothing sideways, light, dark and on a phone', async () => {
    await createBatch();
    for (const look of [{}, { dark: true }, { view: PHONE }]) {
      const page = await signedIn('annotator', look);
      await page.goto('/annotate');
      await page.getByRole('region', { name: 'Reply to rate' }).waitFor();
      expect(await findViolations(page)).toEqual([]);
      expect(await scrollsSideways(page)).toBe(false);
      await page.context().close();
    }
  });
});
