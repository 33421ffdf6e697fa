import type { CatalogModel, Client, Policy, Sampling, StoredSamples } from '@pointsman/contracts';
import { useApi, useChange } from '../../api/index.ts';

export const useClientSettings = (clientId: string) => useApi<Client>(`/clients/${clientId}`);
export const useStoredSamples = (clientId: string) => useApi<StoredSamples>(`/clients/${clientId}/samples`);

export type ClientChange = {
  name?: string;
  policy?: string;
  regions?: string[] | null;
  cache?: { enabled: boolean; ttlSeconds: number };
  sampling?: Sampling | null;
};

export const useChangeClient = (clientId: string) =>
  useChange<ClientChange, Client>({
    method: 'PATCH',
    path: () => `/clients/${clientId}`,
    body: (patch) => patch,
    stale: ['/clients', '/me'],
  });

/** An empty end user erases all. */
export const useEraseSamples = (clientId: string) =>
  useChange<string, { erased: number }>({
    method: 'DELETE',
    path: (endUser) =>
      `/clients/${clientId}/samples${endUser === '' ? '' : `?end_user=${encodeURIComponent(endUser)}`}`,
    stale: [`/clients/${clientId}/samples`],
  });

/** The policies a client may use by default, its own and the installation's. */
export function usePolicyNames(clientId: string): string[] {
  const own = useApi<{ data: Policy[] }>('/policies', { query: { client: clientId } });
  const shared = useApi<{ data: Policy[] }>('/policies');
  const all = [...(own.data?.data ?? []), ...(shared.data?.data ?? [])];
  return [...new Set(all.map(({ name }) => name))].sort();
}

/** Every region in which a model of the catalogue runs. */
export function useRegions(): string[] {
  const models = useApi<{ data: { model: CatalogModel }[] }>('/models');
  return [...new Set((models.data?.data ?? []).flatMap(({ model }) => model.regions))].sort();
}
