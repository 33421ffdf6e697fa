import { join, resolve } from 'node:path';
import { projectRoot, startOwnPostgres } from '@pointsman/testkit';
import type { Page } from 'playwright-core';
import { listPages } from '../test/dashboard/list-pages.ts';
import { lookAt } from '../test/dashboard/look-at.ts';
import { openDashboard, type TestDashboard } from '../test/dashboard/open-dashboard.ts';
import { type Seeded, seedDashboard } from '../test/dashboard/seed-dashboard.ts';

// npm run screenshots [-- FOLDER]: a picture of every page at 1440 and 390 px, light and English, dark and French.

const folder = resolve(process.argv[2] ?? join(projectRoot(), 'screenshots'));
const LOOKS = [
  { name: 'light-en', look: {} },
  { name: 'dark-fr', look: { dark: true, language: 'fr' as const } },
];
const PUBLIC = ['/sign-in', '/welcome'];

const fileName = (path: string) => path.replaceAll(/[/$]+/g, '-').replace(/^-/, '') || 'home';

async function photograph(page: Page, address: string, at: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'hidden' });
  await lookAt(page, fileName(at), folder);
  process.stdout.write(`${at}\n`);
}

async function photographAll(dashboard: TestDashboard, seeded: Seeded): Promise<void> {
  for (const { name, look } of LOOKS) {
    const page = await dashboard.signedIn('operator', look);
    for (const path of listPages().filter((each) => !PUBLIC.includes(each) && each !== '/home')) {
      await photograph(page, `${seeded.addressOf(path)}?client=${dashboard.gateway.clientId}`, `${path}-${name}`);
    }
    await page.context().close();
  }
  await photograph(await dashboard.stranger(), '/sign-in', '/sign-in');
}

const postgres = await startOwnPostgres();
process.env.POINTSMAN_TEST_DATABASE_URL = postgres.url;
const opened = await openDashboard();
try {
  if (!opened.available) throw new Error(opened.note);
  await photographAll(opened.value, await seedDashboard(opened.value.gateway));
  process.stdout.write(`The pictures are in ${folder}\n`);
} finally {
  if (opened.available) await opened.value.close();
  await postgres.close();
}
