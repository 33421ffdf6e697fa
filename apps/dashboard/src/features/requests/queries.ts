import type { Decision, DecisionExplanation } from '@pointsman/contracts';
import { type Query, useApi } from '../../api/index.ts';

export type DecisionList = {
  data: Decision[];
  next: string | null;
  /** Set when the search stopped before the period's beginning: nothing older than this was looked at. */
  searchedBackTo?: string | undefined;
};

export const useDecisions = (query: Query) => useApi<DecisionList>('/decisions', { query });

export const useExplanation = (id: string) =>
  useApi<DecisionExplanation>(`/decisions/${encodeURIComponent(id)}/explanation`, { keepPrevious: false });
