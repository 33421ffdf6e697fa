import { startOwnPostgres } from '@pointsman/testkit';
import type { Page } from 'playwright-core';
import { openDashboard, type TestDashboard } from '../test/dashboard/open-dashboard.ts';
import { seedDashboard } from '../test/dashboard/seed-dashboard.ts';

// npm run bench:pages: what a person waits for. A cold load of the overview (nothing cached, a browser context of its own)
// until its figures are on the screen and can be used; and, in the annotation queue, from the key that submits a reply to
// the next one on the screen.

const ROUNDS = 9;

const quantile = (values: readonly number[], at: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(at * values.length))] ?? Number.NaN;

const say = (name: string, times: readonly number[], most: number) =>
  process.stdout.write(
    `${name}: median ${quantile(times, 0.5).toFixed(0)} ms, p95 ${quantile(times, 0.95).toFixed(0)} ms, ${times.length} times (wanted: under ${most} ms)\n`,
  );

/** Milliseconds from asking for the overview to its first figure, and the script that came over the wire until then and after it. */
async function coldLoad({ signedIn }: TestDashboard): Promise<{ ms: number; bytes: number; allBytes: number }> {
  const page = await signedIn('client-owner');
  let bytes = 0;
  page.on('response', async (response) => {
    if (response.request().resourceType() === 'script') bytes += (await response.request().sizes()).responseBodySize;
  });
  const started = performance.now();
  await page.goto('/overview', { waitUntil: 'commit' });
  await page.getByText('Saved against always-strongest').waitFor();
  await page.getByRole('switch', { name: 'Compare with the period before' }).isEnabled();
  const [ms, usable] = [performance.now() - started, bytes];
  await page.waitForTimeout(500);
  await page.context().close();
  return { ms, bytes: usable, allBytes: bytes };
}

/** Watches the page from inside: the time from `Enter` to another reply in the document, in milliseconds. */
const NEXT_REPLY = `new Promise((resolve) => {
  const region = () => document.querySelector('[aria-label="Reply to rate"][role], section[aria-label="Reply to rate"]');
  const before = region().textContent;
  let pressed = 0;
  window.addEventListener('keydown', () => { pressed = performance.now(); }, { capture: true, once: true });
  const look = () => {
    if (region() !== null && region().textContent !== before) requestAnimationFrame(() => resolve(performance.now() - pressed));
    else setTimeout(look, 1);
  };
  look();
})`;

async function nextReplies(page: Page): Promise<number[]> {
  await page.goto('/annotate');
  await page.getByRole('region', { name: 'Reply to rate' }).waitFor();
  const times: number[] = [];
  for (let round = 0; round < 2 * ROUNDS; round += 1) {
    for (const key of '543254') await page.keyboard.press(key);
    const next = page.evaluate<number>(NEXT_REPLY);
    await page.waitForTimeout(20);
    await page.keyboard.press('Enter');
    times.push(await next);
  }
  return times;
}

const postgres = await startOwnPostgres();
process.env.POINTSMAN_TEST_DATABASE_URL = postgres.url;
const opened = await openDashboard();
try {
  if (!opened.available) throw new Error(opened.note);
  await seedDashboard(opened.value.gateway);
  const loads: Awaited<ReturnType<typeof coldLoad>>[] = [];
  for (let round = 0; round < ROUNDS; round += 1) loads.push(await coldLoad(opened.value));
  say(
    'overview, cold, to its figures',
    loads.map(({ ms }) => ms),
    2000,
  );
  const most = (of: (load: (typeof loads)[number]) => number) => Math.max(...loads.map(of));
  process.stdout.write(
    `script until then: ${most(({ bytes }) => bytes)} bytes; with the charts that follow: ${most(({ allBytes }) => allBytes)}\n`,
  );
  say('next reply after a submission', await nextReplies(await opened.value.signedIn('annotator')), 100);
} finally {
  if (opened.available) await opened.value.close();
  await postgres.close();
}
