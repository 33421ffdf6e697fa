import type { Page } from '../../app/page.ts';

export const pages: Page[] = [
  { path: '/sign-in', roles: 'public', bare: true, load: () => import('./sign-in-page.tsx') },
  { path: '/welcome', roles: 'public', bare: true, load: () => import('./welcome-page.tsx') },
];
