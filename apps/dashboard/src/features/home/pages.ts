import { EVERYBODY, type Page } from '../../app/page.ts';

export const pages: Page[] = [{ path: '/home', roles: EVERYBODY, load: () => import('./home-page.tsx'), bare: true }];
