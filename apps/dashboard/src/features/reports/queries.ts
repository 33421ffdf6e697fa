import type { ComparedItems, ItemDetail, RunDetail, RunPage } from '@pointsman/contracts';
import { useState } from 'react';
import { useApi } from '../../api/index.ts';

export const RUNS_ON_A_PAGE = 25;
export const ITEMS_ON_A_PAGE = 25;
/** How often a page of runs under way asks how far they are. */
const UNDER_WAY_MS = 5_000;

const runPath = (id: string) => `/runs/${encodeURIComponent(id)}`;

export type RunFilters = {
  status: string | undefined;
  kind: string | undefined;
  benchmark: string | undefined;
  model: string | undefined;
  page: number;
};

export const useRuns = ({ page, ...filters }: RunFilters) =>
  useApi<RunPage>('/runs', {
    query: { ...filters, limit: RUNS_ON_A_PAGE, offset: (page - 1) * RUNS_ON_A_PAGE },
    everyMs: UNDER_WAY_MS,
  });

/** A run, asked for again while it is under way. */
export function useRun(id: string) {
  const [isOver, setOver] = useState(false);
  const run = useApi<RunDetail>(runPath(id), { keepPrevious: false, ...(!isOver && { everyMs: UNDER_WAY_MS }) });
  const over = run.data !== undefined && run.data.status !== 'queued' && run.data.status !== 'running';
  if (over !== isOver) setOver(over);
  return run;
}

export type ItemFilters = {
  contestant: number;
  metric: string;
  move: string | undefined;
  domain: string | undefined;
  task: string | undefined;
  page: number;
};

export const useItems = (id: string, { page, ...filters }: ItemFilters) =>
  useApi<ComparedItems>(`${runPath(id)}/items`, {
    query: { ...filters, limit: ITEMS_ON_A_PAGE, offset: (page - 1) * ITEMS_ON_A_PAGE },
  });

export const useItem = (id: string, caseId: string, contestant: number | undefined) =>
  useApi<ItemDetail>(`${runPath(id)}/items/${encodeURIComponent(caseId)}`, {
    query: { contestant },
    keepPrevious: false,
  });
