import {
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router';
import { lazy } from 'react';
import { allPages } from './all-pages.ts';
import { Guarded } from './guarded.tsx';
import { NotFound, PageFailed, PageLoading } from './page-states.tsx';

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: () => (
    <main>
      <NotFound />
    </main>
  ),
  errorComponent: ({ error, reset }) => (
    <main>
      <PageFailed error={error} reset={reset} />
    </main>
  ),
  // Each page reads what it knows (see use-filters); nobody loses the client that was chosen by following a link.
  validateSearch: (search: Record<string, unknown>) => search,
  search: { middlewares: [retainSearchParams(['client'])] },
});

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/home' as string, replace: true });
  },
});

const pages = allPages.map((page) => {
  const Lazy = lazy(async () => ({ default: (await page.load()).Page }));
  return createRoute({
    getParentRoute: () => root,
    path: page.path,
    component: () => (
      <Guarded page={page}>
        <Lazy />
      </Guarded>
    ),
  });
});

export const router = createRouter({
  routeTree: root.addChildren([start, ...pages]),
  defaultPendingComponent: PageLoading,
  scrollRestoration: true,
});
