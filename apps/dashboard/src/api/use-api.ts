import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { ApiError } from './api-error.ts';
import { type Query, requestJson } from './request.ts';

export type UseApi = {
  query?: Query;
  /** False: do not ask yet. */
  enabled?: boolean;
  /** Ask again every so many milliseconds. */
  everyMs?: number;
  /** Keep showing the answer to the last question while the next one is under way. Default true. */
  keepPrevious?: boolean;
};

/**
 * Reads a route. The cache key is `[path, query]`: a change invalidates by path prefix (see `useChange`).
 * @example const overview = useApi<Overview>('/overview', { query: { from, to } });
 */
export function useApi<T>(path: string, options: UseApi = {}): UseQueryResult<T, ApiError> {
  const { query = {}, enabled = true, everyMs, keepPrevious = true } = options;
  return useQuery<T, ApiError>({
    queryKey: [path, query],
    queryFn: ({ signal }) => requestJson<T>('GET', path, { query, signal }),
    enabled,
    ...(everyMs !== undefined && { refetchInterval: everyMs }),
    ...(keepPrevious && { placeholderData: keepPreviousData }),
  });
}
