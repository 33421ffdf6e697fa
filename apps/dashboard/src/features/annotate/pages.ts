import { IconStars } from '@tabler/icons-react';
import type { Page } from '../../app/page.ts';

export const pages: Page[] = [
  {
    path: '/annotate',
    roles: ['annotator', 'operator'],
    load: () => import('./annotate-page.tsx'),
    nav: { name: 'annotate', group: 'annotation', order: 10, icon: IconStars },
  },
];
