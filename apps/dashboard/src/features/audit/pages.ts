import { IconHistory } from '@tabler/icons-react';
import type { Page } from '../../app/page.ts';

export const pages: Page[] = [
  {
    path: '/audit',
    roles: ['operator', 'customer-success', 'client-owner'],
    load: () => import('./audit-page.tsx'),
    nav: { name: 'audit', group: 'account', order: 20, icon: IconHistory },
  },
];
