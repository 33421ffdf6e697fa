import type { AcceptInput, LinkPurpose, SignInOptions } from '@pointsman/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useApi, useChange } from '../../api/index.ts';

export const useSignInOptions = () => useApi<SignInOptions>('/sign-in-options');

export const useLink = (token: string) =>
  useApi<LinkPurpose>('/invitations/accept', { query: { token }, keepPrevious: false });

export const useSignIn = () =>
  useChange<{ email: string; password: string }>({
    method: 'POST',
    path: () => '/auth/sign-in/email',
    body: (input) => input,
  });

export const useAccept = () =>
  useChange<AcceptInput>({ method: 'POST', path: () => '/invitations/accept', body: (input) => input });

/** Starts the way to the provider of identities, which leads back to `callbackURL`. */
export const useProvider = () =>
  useChange<{ callbackURL: string }, { url: string }>({
    method: 'POST',
    path: () => '/auth/sign-in/social',
    body: (input) => input,
  });

/** Opens a page as whoever has just come in: what a stranger was told is forgotten. */
export function useEnter(): (path: string) => void {
  const queries = useQueryClient();
  const router = useRouter();
  return (path) => {
    queries.clear();
    router.history.push(path);
  };
}
