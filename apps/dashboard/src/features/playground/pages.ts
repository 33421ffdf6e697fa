import { IconMessagePlus } from '@tabler/icons-react';
import { CLIENT_PEOPLE, type Page } from '../../app/page.ts';

export const pages: Page[] = [
  {
    path: '/playground',
    roles: ['operator', ...CLIENT_PEOPLE],
    load: () => import('./playground-page.tsx'),
    nav: { name: 'playground', group: 'client', order: 60, icon: IconMessagePlus },
  },
];
