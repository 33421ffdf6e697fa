import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds on the page as it stands: one line for each violation and element. Empty is what we want. */
export async function findViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<import('axe-core').AxeResults> } };
    return axe.run();
  });
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`));
}

/** Whether the page scrolls sideways, which no page may at any width. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth + 1');
