import {
  type CLIENT_SORTS,
  type Client,
  type ClientOverview,
  type ClientsView,
  nanoUsdFromUsd,
  utcDay,
} from '@pointsman/contracts';
import { addSums, type Repositories, type RollupSums } from '@pointsman/db';
import { figuresOf } from '../overview/figures-of.ts';

export type ClientSort = (typeof CLIENT_SORTS)[number];

export type ClientsQuery = {
  /** Part of a name or id, in whatever case. */
  search: string;
  status: 'all' | 'enabled' | 'disabled';
  sort: ClientSort;
  descending: boolean;
  offset: number;
  limit: number;
};

const DAY_MS = 86_400_000;

/** Clients with what the month has cost and brought so far. */
export async function listClients(
  { clients, rollups }: Pick<Repositories, 'clients' | 'rollups'>,
  { search, status, sort, descending, offset, limit }: ClientsQuery,
  nowMs: number,
): Promise<ClientsView> {
  const month = `${utcDay(nowMs).slice(0, 8)}01`;
  const [all, sums] = await Promise.all([
    clients.list(),
    rollups.sums({ from: month, to: utcDay(nowMs + DAY_MS), by: ['client'] }),
  ]);
  const byClient = new Map(sums.map((row) => [row.key.client, row]));
  const wanted = search.trim().toLowerCase();
  const found = all
    .filter(({ id, name }) => name.toLowerCase().includes(wanted) || id.toLowerCase() === wanted)
    .filter(({ disabledAt }) => status === 'all' || (disabledAt === undefined) === (status === 'enabled'))
    .map((client) => overviewOf(client, byClient.get(client.id) ?? addSums([])));
  const direction = descending ? -1 : 1;
  found.sort((a, b) => direction * ORDERS[sort](a, b) || (a.name < b.name ? -1 : 1));
  return { month, total: found.length, data: found.slice(offset, offset + limit) };
}

const ORDERS: Record<ClientSort, (a: ClientOverview, b: ClientOverview) => number> = {
  name: (a, b) => a.name.localeCompare(b.name),
  spend: (a, b) => a.spendNanoUsd - b.spendNanoUsd,
  requests: (a, b) => a.requests - b.requests,
  created: (a, b) => (a.createdAt < b.createdAt ? -1 : 1),
};

function overviewOf({ id, name, policy, createdAt, disabledAt, limits }: Client, sums: RollupSums): ClientOverview {
  const { quality, errors } = figuresOf(sums);
  return {
    id,
    name,
    policy,
    createdAt,
    disabledAt,
    requests: sums.requests,
    spendNanoUsd: sums.costNanoUsd,
    unknownCosts: sums.unknownCostCount,
    quality,
    errors,
    budgetNanoUsd: limits.budgetMonthUsd === undefined ? undefined : nanoUsdFromUsd(limits.budgetMonthUsd),
  };
}
