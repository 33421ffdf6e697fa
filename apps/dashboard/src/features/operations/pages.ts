import { IconHeartbeat } from '@tabler/icons-react';
import { OPERATORS, type Page } from '../../app/page.ts';

export const pages: Page[] = [
  {
    path: '/operations',
    roles: OPERATORS,
    load: () => import('./operations-page.tsx'),
    nav: { name: 'operations', group: 'operations', order: 10, icon: IconHeartbeat },
  },
];
