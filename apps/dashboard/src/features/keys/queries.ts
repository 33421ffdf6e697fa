import type { ApiKey, Client, ClientBudget, IssuedKey, KeyPatch, Limits, ListedKey } from '@pointsman/contracts';
import { useApi, useChange } from '../../api/index.ts';

export const useKeys = (clientId: string) => useApi<{ data: ListedKey[] }>(`/clients/${clientId}/keys`);
export const useBudget = (clientId: string) => useApi<ClientBudget>(`/clients/${clientId}/budget`, { everyMs: 15_000 });

export type NewKey = { name: string; scopes: string[]; expiresAt?: string | undefined; limits: KeyLimits };
export type KeyLimits = Pick<Limits, 'requestsPerMinute' | 'tokensPerMinute'>;

const STALE = ['/clients'];

export const useIssueKey = (clientId: string) =>
  useChange<NewKey, IssuedKey>({
    method: 'POST',
    path: () => `/clients/${clientId}/keys`,
    body: (key) => key,
    stale: STALE,
  });

export const useChangeKey = (keyId: string) =>
  useChange<KeyPatch, ApiKey>({ method: 'PATCH', path: () => `/keys/${keyId}`, body: (patch) => patch, stale: STALE });

export const useRotateKey = (keyId: string) =>
  useChange<number, IssuedKey>({
    method: 'POST',
    path: () => `/keys/${keyId}/rotate`,
    body: (graceDays) => ({ graceDays }),
    stale: STALE,
  });

export const useRevokeKey = (keyId: string) =>
  useChange<void, ApiKey>({ method: 'DELETE', path: () => `/keys/${keyId}`, stale: STALE });

export type BudgetPatch = { budgetDayUsd?: number | null; budgetMonthUsd?: number | null };
export const useChangeBudget = (clientId: string) =>
  useChange<BudgetPatch, Client>({
    method: 'PATCH',
    path: () => `/clients/${clientId}`,
    body: (limits) => ({ limits }),
    stale: STALE,
  });
