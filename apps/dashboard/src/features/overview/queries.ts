import type { Overview } from '@pointsman/contracts';
import { useApi } from '../../api/index.ts';

export type OverviewQuery = { client: string | undefined; from: string; to: string; by: string; compare: string };

export const useOverview = (query: OverviewQuery) => useApi<Overview>('/overview', { query });
