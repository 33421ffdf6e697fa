import type {
  Batch,
  BatchDetail,
  BatchInput,
  BatchItems,
  BatchPage,
  BatchPatch,
  Client,
  Imported,
  RaterPlans,
  RatingsImport,
  RunPage,
} from '@pointsman/contracts';
import { useApi, useChange } from '../../api/index.ts';

export const PAGE_SIZE = 25;
/** Batches change while people rate. */
const LIVE_MS = 5000;

const pageOf = (page: number) => ({ offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE });

export const useBatches = (page: number) =>
  useApi<BatchPage>('/annotation/batches', { query: pageOf(page), everyMs: LIVE_MS });
export const useBatch = (id: string) => useApi<BatchDetail>(`/annotation/batches/${id}`, { everyMs: LIVE_MS });
export const useBatchItems = (id: string, { page, disputed }: { page: number; disputed: boolean }) =>
  useApi<BatchItems>(`/annotation/batches/${id}/items`, { query: { ...pageOf(page), disputed } });
export const useRaterPlan = (ceiling: number, most: number) =>
  useApi<RaterPlans>('/annotation/rater-plan', { query: { ceiling, most } });
export const useRuns = (enabled: boolean) => useApi<RunPage>('/runs', { enabled });
export const useClients = (enabled: boolean) => useApi<{ data: Client[] }>('/clients', { enabled });

const stale = ['/annotation'];

export const useOpenBatch = () =>
  useChange<BatchInput, Batch>({ method: 'POST', path: () => '/annotation/batches', body: (input) => input, stale });
export const useChangeBatch = (id: string) =>
  useChange<BatchPatch, Batch>({
    method: 'PATCH',
    path: () => `/annotation/batches/${id}`,
    body: (patch) => patch,
    stale,
  });
export const useImport = (id: string) =>
  useChange<RatingsImport, Imported>({
    method: 'POST',
    path: () => `/annotation/batches/${id}/import`,
    body: (file) => file,
    stale,
  });
