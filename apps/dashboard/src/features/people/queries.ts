import type { Client, Invitation, InvitationInput, OneTimeLink, Person, PersonPatch } from '@pointsman/contracts';
import { useApi, useChange } from '../../api/index.ts';

/** `enabled`: customer success sees people, and no invitations. */
export const useInvitations = (enabled: boolean) => useApi<{ data: Invitation[] }>('/invitations', { enabled });
export const usePeople = () => useApi<{ data: Person[] }>('/people');
export const useClients = (enabled: boolean) => useApi<{ data: Client[] }>('/clients', { enabled });

const stale = ['/people', '/invitations', '/audit'];

export const useInvite = () =>
  useChange<InvitationInput, OneTimeLink>({
    method: 'POST',
    path: () => '/invitations',
    body: (input) => input,
    stale,
  });
export const useWithdraw = () =>
  useChange<Invitation>({ method: 'DELETE', path: ({ id }) => `/invitations/${id}`, stale });
export const useChangePerson = (id: string) =>
  useChange<PersonPatch>({ method: 'PATCH', path: () => `/people/${id}`, body: (patch) => patch, stale });
export const useResetLink = (id: string) =>
  useChange<void, OneTimeLink>({ method: 'POST', path: () => `/people/${id}/reset-link`, stale });
export const useShutOut = (id: string) =>
  useChange<'disable' | 'enable'>({ method: 'POST', path: (what) => `/people/${id}/${what}`, stale });
export const useRemove = (id: string) => useChange<void>({ method: 'DELETE', path: () => `/people/${id}`, stale });
