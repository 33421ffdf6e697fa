import { IconReportAnalytics } from '@tabler/icons-react';
import { type Page, READERS } from '../../app/page.ts';

export const pages: Page[] = [
  {
    path: '/reports',
    roles: READERS,
    load: () => import('./reports-page.tsx'),
    nav: { name: 'reports', group: 'quality', order: 20, icon: IconReportAnalytics },
  },
  { path: '/reports/$runId', roles: READERS, load: () => import('./run-page.tsx') },
  { path: '/reports/$runId/$caseId', roles: READERS, load: () => import('./item-page.tsx') },
];
