import { IconUsers } from '@tabler/icons-react';
import type { Page } from '../../app/page.ts';

export const pages: Page[] = [
  {
    path: '/people',
    roles: ['operator', 'customer-success', 'client-owner'],
    load: () => import('./people-page.tsx'),
    nav: { name: 'people', group: 'account', order: 10, icon: IconUsers },
  },
];
