import { IconChartScatter } from '@tabler/icons-react';
import { type Page, READERS } from '../../app/page.ts';

export const pages: Page[] = [
  {
    path: '/models',
    roles: READERS,
    load: () => import('./models-page.tsx'),
    nav: { name: 'models', group: 'client', order: 20, icon: IconChartScatter },
  },
];
