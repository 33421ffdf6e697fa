import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiError } from './api-error.ts';
import { requestJson } from './request.ts';

export type Change<Input> = {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path(input: Input): string;
  body?(input: Input): unknown;
  /** Path prefixes whose answers are stale afterwards: `['/policies']`. */
  stale?: readonly string[];
};

/**
 * Changes something, then reads anew what the change made stale.
 * @example const revoke = useChange<Key>({ method: 'DELETE', path: (key) => `/keys/${key.id}`, stale: ['/keys'] });
 */
export function useChange<Input, Output = unknown>(change: Change<Input>): UseMutationResult<Output, ApiError, Input> {
  const queries = useQueryClient();
  return useMutation<Output, ApiError, Input>({
    mutationFn: (input) => requestJson<Output>(change.method, change.path(input), { body: change.body?.(input) }),
    onSuccess: () =>
      queries.invalidateQueries({
        predicate: ({ queryKey: [path] }) =>
          typeof path === 'string' && (change.stale ?? []).some((prefix) => path.startsWith(prefix)),
      }),
  });
}
