import type { Page } from './page.ts';

const found = import.meta.glob<{ pages: Page[] }>('../features/*/pages.ts', { eager: true });

/** Every page of every feature. */
export const allPages: readonly Page[] = Object.values(found).flatMap(({ pages }) => pages);
