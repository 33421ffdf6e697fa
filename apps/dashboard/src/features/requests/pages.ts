import { IconListSearch } from '@tabler/icons-react';
import { type Page, READERS } from '../../app/page.ts';

export const pages: Page[] = [
  {
    path: '/requests',
    roles: READERS,
    load: () => import('./requests-page.tsx'),
    nav: { name: 'requests', group: 'client', order: 40, icon: IconListSearch },
  },
  { path: '/requests/$id', roles: READERS, load: () => import('./decision-page.tsx') },
];
