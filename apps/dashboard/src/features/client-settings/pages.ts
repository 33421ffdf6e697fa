import { IconSettings } from '@tabler/icons-react';
import { type Page, READERS } from '../../app/page.ts';

export const pages: Page[] = [
  {
    path: '/settings',
    roles: READERS,
    load: () => import('./client-settings-page.tsx'),
    nav: { name: 'settings', group: 'client', order: 70, icon: IconSettings },
  },
];
