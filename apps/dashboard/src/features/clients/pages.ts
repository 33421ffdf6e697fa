import { IconBuilding } from '@tabler/icons-react';
import type { Page } from '../../app/page.ts';

export const pages: Page[] = [
  {
    path: '/clients',
    roles: ['operator', 'customer-success'],
    load: () => import('./clients-page.tsx'),
    nav: { name: 'clients', group: 'operations', order: 40, icon: IconBuilding },
  },
];
