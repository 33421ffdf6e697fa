import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { DESKTOP, PHONE } from './open-dashboard.ts';

/** Pictures of the page at desktop and phone width, `<name>-1440.png` and `<name>-390.png` in `folder`. */
export async function lookAt(page: Page, name: string, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const view of [DESKTOP, PHONE]) {
    await page.setViewportSize(view);
    await page.waitForLoadState('networkidle');
    const path = join(folder, `${name}-${view.width}.png`);
    await page.screenshot({ path, fullPage: true, animations: 'disabled' });
    paths.push(path);
  }
  await page.setViewportSize(DESKTOP);
  return paths;
}
