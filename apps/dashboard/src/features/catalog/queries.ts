import type { CatalogDiffView, CatalogSyncInput, CatalogSyncView, CatalogView } from '@pointsman/contracts';
import { useApi, useChange } from '../../api/index.ts';

const stale = ['/catalog', '/models'];

export const useCatalog = () => useApi<CatalogView>('/catalog');
export const useCatalogDiff = (from: string, to: string) =>
  useApi<CatalogDiffView>('/catalog/diff', { query: { from, to }, keepPrevious: false });

const syncBody = (input: CatalogSyncInput) => input;
export const useSyncPreview = () =>
  useChange<CatalogSyncInput, CatalogSyncView>({ method: 'POST', path: () => '/catalog/sync-preview', body: syncBody });
export const useSync = () =>
  useChange<CatalogSyncInput, CatalogSyncView>({ method: 'POST', path: () => '/catalog/sync', body: syncBody, stale });
export const useActivateCatalog = () =>
  useChange<string, CatalogView>({
    method: 'POST',
    path: () => '/catalog/activate',
    body: (version) => ({ version }),
    stale,
  });
