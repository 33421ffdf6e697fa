import type { Me } from '@pointsman/contracts';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { useApi } from '../api/index.ts';
import { Layout } from './layout.tsx';
import type { Page } from './page.ts';
import { NoPermission, PageFailed, PageLoading } from './page-states.tsx';
import { SessionContext } from './session.ts';

/** Lets in whom the page is for; sends strangers to sign in, and back here afterwards. */
export function Guarded({ page, children }: { page: Page; children: ReactNode }) {
  if (page.roles === 'public') return <Suspense fallback={<PageLoading />}>{children}</Suspense>;
  return (
    <SignedIn>
      {(me) => {
        const allowed = page.roles === 'public' || page.roles.includes(me.role);
        const content = allowed ? <Suspense fallback={<PageLoading />}>{children}</Suspense> : <NoPermission />;
        return page.bare && allowed ? content : <Layout>{content}</Layout>;
      }}
    </SignedIn>
  );
}

function SignedIn({ children }: { children: (me: Me) => ReactNode }) {
  const me = useApi<Me>('/me');
  if (me.error?.status === 401) return <ToSignIn />;
  if (me.error) return <PageFailed error={me.error} reset={() => me.refetch()} />;
  if (me.data === undefined) return <PageLoading />;
  return <SessionContext value={me.data}>{children(me.data)}</SessionContext>;
}

/** <Navigate> would go again with every render until the other page is there, and its address would grow each time. */
function ToSignIn() {
  const navigate = useNavigate();
  const { href } = useLocation();
  const [from] = useState(href);
  useEffect(() => {
    navigate({ to: '/sign-in' as string, search: { to: from }, replace: true });
  }, [navigate, from]);
  return <PageLoading />;
}
