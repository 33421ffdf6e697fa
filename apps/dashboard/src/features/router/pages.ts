import { IconRoute } from '@tabler/icons-react';
import { OPERATORS, type Page } from '../../app/page.ts';

export const pages: Page[] = [
  {
    path: '/router',
    roles: OPERATORS,
    load: () => import('./router-page.tsx'),
    nav: { name: 'router', group: 'operations', order: 20, icon: IconRoute },
  },
];
