import type { CertificateView, Client, Policy, PolicyReplay, PolicyReplayRequest } from '@pointsman/contracts';
import { useApi, useChange } from '../../api/index.ts';

/** A policy that a client's requests can go by. */
export type ListedPolicy = { policy: Policy; isGlobal: boolean };

/** The client's own policies, then those of the installation that none of its own hides. */
export function usePolicies(clientId: string | undefined) {
  const own = useApi<{ data: Policy[] }>('/policies', { query: { client: clientId }, enabled: clientId !== undefined });
  const shared = useApi<{ data: Policy[] }>('/policies', { query: {} });
  const ownPolicies = clientId === undefined ? [] : own.data?.data;
  const isReady = ownPolicies !== undefined && shared.data !== undefined;
  const names = new Set(ownPolicies?.map(({ name }) => name));
  const listed: ListedPolicy[] = [
    ...(ownPolicies ?? []).map((policy) => ({ policy, isGlobal: false })),
    ...(shared.data?.data ?? []).filter(({ name }) => !names.has(name)).map((policy) => ({ policy, isGlobal: true })),
  ];
  return { query: own.error ? own : shared, listed: isReady ? listed : undefined };
}

export const useClientRecord = (clientId: string) => useApi<Client>(`/clients/${encodeURIComponent(clientId)}`);

/** Ids of the models that `auto` can choose among. */
export const useModelIds = (): readonly string[] =>
  useApi<{ data: { model: { id: string }; enabled: boolean }[] }>('/models')
    .data?.data.filter(({ enabled }) => enabled)
    .map(({ model }) => model.id) ?? [];

type Target = { clientId: string | undefined; policy: Policy };

const pathOf = ({ clientId, policy }: Target) =>
  `/policies/${encodeURIComponent(policy.name)}${clientId === undefined ? '' : `?client=${encodeURIComponent(clientId)}`}`;

export const useSavePolicy = () =>
  useChange<Target, Policy>({
    method: 'PUT',
    path: pathOf,
    body: ({ policy: { name: _name, ...rest } }) => rest,
    stale: ['/policies', '/clients'],
  });

export const useRemovePolicy = () => useChange<Target>({ method: 'DELETE', path: pathOf, stale: ['/policies'] });

export const useReplay = () =>
  useChange<PolicyReplayRequest, PolicyReplay>({
    method: 'POST',
    path: () => '/policies/replay',
    body: (request) => request,
  });

/** The latest certificate of a policy's floor, if the policy is saved with one. */
export const useCertificate = (clientId: string | undefined, name: string, enabled: boolean) =>
  useApi<{ certificate: CertificateView | null }>(`/policies/${encodeURIComponent(name)}/certificate`, {
    query: { client: clientId },
    enabled,
  });
