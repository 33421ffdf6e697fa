import { IconScale } from '@tabler/icons-react';
import type { Page } from '../../app/page.ts';

export const pages: Page[] = [
  {
    path: '/annotation/adjudication',
    roles: ['operator', 'annotator'],
    load: () => import('./adjudication-page.tsx'),
    nav: { name: 'adjudication', group: 'annotation', order: 30, icon: IconScale },
  },
];
