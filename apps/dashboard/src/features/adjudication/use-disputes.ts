import type { AdjudicationDecision, AdjudicationWork } from '@pointsman/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiError, requestJson } from '../../api/index.ts';

const KEY = ['/annotation/adjudication'];
/** Disagreements come as others rate. */
const LOOK_AGAIN_MS = 15_000;

/** The disagreement on the screen, and what can be done with it. What is settled gives way to the next. */
export function useDisputes() {
  const queries = useQueryClient();
  const work = useQuery<AdjudicationWork, ApiError>({
    queryKey: KEY,
    // Asking reserves: whoever asks again gets the same one.
    queryFn: ({ signal }) => requestJson<AdjudicationWork>('POST', '/annotation/adjudication/next', { signal }),
    refetchInterval: ({ state }) => (state.data?.item === undefined ? LOOK_AGAIN_MS : false),
    refetchOnWindowFocus: false,
  });
  const next = () => queries.invalidateQueries({ queryKey: KEY });
  const decide = useMutation<unknown, ApiError, { id: string; decision: AdjudicationDecision }>({
    mutationFn: ({ id, decision }) =>
      requestJson('POST', `/annotation/adjudication/${id}/decision`, { body: decision }),
    onSuccess: next,
  });
  const skip = useMutation<unknown, ApiError, string>({
    mutationFn: (id) => requestJson('POST', `/annotation/adjudication/${id}/skip`),
    onSuccess: next,
  });
  return { work, decide, skip };
}
export type Disputes = ReturnType<typeof useDisputes>;
