import type { Client, ClientInput, ClientsView } from '@pointsman/contracts';
import { useApi, useChange } from '../../api/index.ts';

export const PAGE_ROWS = 50;

export type ClientFilters = { search: string; status: string; sort: string; page: number };

/** `sort` is a column, after a `-` descending. */
export const useClients = ({ search, status, sort, page }: ClientFilters) =>
  useApi<ClientsView>('/operations/clients', {
    query: {
      search,
      status,
      sort: sort.replace(/^-/, ''),
      order: sort.startsWith('-') ? 'desc' : 'asc',
      offset: (page - 1) * PAGE_ROWS,
      limit: PAGE_ROWS,
    },
  });

const stale = ['/operations/clients', '/clients'];

export const useCreateClient = () =>
  useChange<ClientInput, Client>({ method: 'POST', path: () => '/clients', body: (input) => input, stale });
export const useDisableClient = (id: string) =>
  useChange<void, Client>({ method: 'DELETE', path: () => `/clients/${id}`, stale });
export const useEnableClient = (id: string) =>
  useChange<void, Client>({ method: 'POST', path: () => `/clients/${id}/enable`, stale });
