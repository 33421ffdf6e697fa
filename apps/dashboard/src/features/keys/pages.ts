import { IconKey } from '@tabler/icons-react';
import { type Page, READERS } from '../../app/page.ts';

export const pages: Page[] = [
  {
    path: '/keys',
    roles: READERS,
    load: () => import('./keys-page.tsx'),
    nav: { name: 'keys', group: 'client', order: 50, icon: IconKey },
  },
];
