import { EVERYBODY, type Page } from '../../app/page.ts';

export const pages: Page[] = [{ path: '/account', roles: EVERYBODY, load: () => import('./account-page.tsx') }];
