import { IconCoin } from '@tabler/icons-react';
import { type Page, READERS } from '../../app/page.ts';

export const pages: Page[] = [
  {
    path: '/overview',
    roles: READERS,
    load: () => import('./overview-page.tsx'),
    nav: { name: 'overview', group: 'client', order: 10, icon: IconCoin },
  },
];
