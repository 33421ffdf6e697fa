import { IconClipboardCheck } from '@tabler/icons-react';
import { EVERYBODY, type Page, READERS } from '../../app/page.ts';

export const pages: Page[] = [
  {
    path: '/benchmark',
    roles: READERS,
    load: () => import('./benchmark-page.tsx'),
    nav: { name: 'benchmark', group: 'quality', order: 10, icon: IconClipboardCheck },
  },
  { path: '/benchmark/rubrics', roles: EVERYBODY, load: () => import('./rubrics-page.tsx') },
  { path: '/benchmark/agreement', roles: READERS, load: () => import('./agreement-page.tsx') },
  { path: '/benchmark/judges', roles: READERS, load: () => import('./judges-page.tsx') },
  { path: '/benchmark/$name/diff', roles: READERS, load: () => import('./diff-page.tsx') },
  { path: '/benchmark/$name/$version', roles: READERS, load: () => import('./version-page.tsx') },
  { path: '/benchmark/$name/$version/$caseId', roles: READERS, load: () => import('./case-page.tsx') },
];
