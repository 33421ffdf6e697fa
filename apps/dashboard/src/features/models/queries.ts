import type { ModelBoard, ModelPlane } from '@pointsman/contracts';
import { requestJson, useApi } from '../../api/index.ts';

/** What both views ask. */
export type ModelsQuery = {
  client: string | undefined;
  from: string;
  to: string;
  source: string;
  series: string | undefined;
  domain: string | undefined;
  task: string | undefined;
  allowed: boolean;
};

export type BoardQuery = ModelsQuery & {
  by: string;
  metric: string;
  search: string | undefined;
  provider: string | undefined;
  measured: boolean;
  sort: string;
};

export const ROWS_PER_PAGE = 25;
const MOST_ROWS = 200;

export const usePlane = (query: ModelsQuery) => useApi<ModelPlane>('/model-plane', { query });

export const useBoard = (query: BoardQuery, page: number) =>
  useApi<ModelBoard>('/model-board', {
    query: { ...query, limit: ROWS_PER_PAGE, offset: (page - 1) * ROWS_PER_PAGE },
  });

/** Every row that the filters let through, page after page. @throws ApiError */
export async function fetchBoard(query: BoardQuery): Promise<ModelBoard> {
  const ask = (offset: number) =>
    requestJson<ModelBoard>('GET', '/model-board', { query: { ...query, limit: MOST_ROWS, offset } });
  const board = await ask(0);
  const rows = [...board.rows];
  while (rows.length < board.total) {
    const next = await ask(rows.length);
    if (next.rows.length === 0) break;
    rows.push(...next.rows);
  }
  return { ...board, rows };
}
