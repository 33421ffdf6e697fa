import { IconBook2 } from '@tabler/icons-react';
import { OPERATORS, type Page } from '../../app/page.ts';

export const pages: Page[] = [
  {
    path: '/catalog',
    roles: OPERATORS,
    load: () => import('./catalog-page.tsx'),
    nav: { name: 'catalog', group: 'operations', order: 30, icon: IconBook2 },
  },
];
