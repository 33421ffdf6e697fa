import type { CertificateView, ClientPolicy, Policy, PolicyReplay, PolicyReplayRequest } from '@pointsman/contracts';
import { useApi, useChange } from '../../api/index.ts';

/** A policy, and what is known of it when a client is looked at. */
export type ListedPolicy = Pick<ClientPolicy, 'policy' | 'isGlobal'> & Partial<ClientPolicy>;

/** The policies that a client's requests can go by; the installation's where no client is looked at. */
export function usePolicies(clientId: string | undefined) {
  const path = clientId === undefined ? '/policies' : `/clients/${encodeURIComponent(clientId)}/policies`;
  const query = useApi<{ data: (Policy | ClientPolicy)[] }>(path);
  const listed = query.data?.data.map(
    (entry): ListedPolicy => ('policy' in entry ? entry : { policy: entry, isGlobal: true }),
  );
  return { query, listed };
}

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
