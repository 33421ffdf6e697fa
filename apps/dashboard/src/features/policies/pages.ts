import { IconAdjustments } from '@tabler/icons-react';
import { type Page, READERS } from '../../app/page.ts';

export const pages: Page[] = [
  {
    path: '/policies',
    roles: READERS,
    load: () => import('./policies-page.tsx'),
    nav: { name: 'policies', group: 'client', order: 30, icon: IconAdjustments },
  },
  { path: '/policies/$name', roles: READERS, load: () => import('./policy-page.tsx') },
];
