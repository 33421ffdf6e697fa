import { IconStack2 } from '@tabler/icons-react';
import type { Page } from '../../app/page.ts';

const roles: Page['roles'] = ['operator', 'customer-success'];

export const pages: Page[] = [
  {
    path: '/annotation/batches',
    roles,
    load: () => import('./batches-page.tsx'),
    nav: { name: 'batches', group: 'annotation', order: 20, icon: IconStack2 },
  },
  { path: '/annotation/batches/$id', roles, load: () => import('./batch-page.tsx') },
];
