import {
  type Overview,
  type OverviewDay,
  type OverviewGrouping,
  type OverviewRow,
  type OverviewTotals,
  utcDay,
} from '@pointsman/contracts';
import {
  addSums,
  type LatencyRow,
  mergeLatencies,
  type Repositories,
  type RollupRow,
  type RollupSums,
} from '@pointsman/db';
import { figuresOf, shareOf } from './figures-of.ts';
import { latencyOf, meanMs } from './latency-of.ts';

export type OverviewQuery = {
  /** Absent: all clients together. */
  clientId: string | undefined;
  /** UTC days, `YYYY-MM-DD`: `from` included, `to`, which is later, not. */
  from: string;
  to: string;
  by: OverviewGrouping;
  comparePrevious: boolean;
};

type Sources = Pick<Repositories, 'rollups' | 'keys' | 'clients'>;
type Days = { from: string; to: string };

const DAY_MS = 86_400_000;
const MOST_ROWS = 200;

/** Reads one period, the one before, every day and the breakdown: from roll-ups only, at once. */
export async function readOverview(sources: Sources, query: OverviewQuery): Promise<Overview> {
  const { clientId, from, to, by } = query;
  const period = { from, to };
  const previous = query.comparePrevious ? periodBefore(period) : undefined;
  const { rollups } = sources;
  const [days, groups, latencies, approval, names, before] = await Promise.all([
    rollups.sums({ clientId, from: previous?.from ?? from, to, by: ['day'] }),
    rollups.sums({ clientId, ...period, by: [by] }),
    rollups.latencies({ clientId, ...period, by: by === 'model' ? ['model'] : [] }),
    rollups.approval({ clientId, ...period }),
    readNames(sources, query),
    previous && readBefore(sources, clientId, previous),
  ]);
  const byDay = new Map(days.map((row) => [row.key.day, row]));
  const daysOf = (some: Days) => daysIn(some).flatMap((day) => byDay.get(day) ?? []);
  return {
    ...period,
    totals: totalsOf(daysOf(period), { latency: mergeLatencies(latencies), approval }),
    previous: previous && before && { ...previous, totals: totalsOf(daysOf(previous), before) },
    series: daysIn(period).map((day): OverviewDay => ({ day, ...figuresOf(byDay.get(day) ?? addSums([])) })),
    by,
    ...breakdown(groups, by, { latencies, names }),
  };
}

/** As many days right before. */
function periodBefore({ from, to }: Days): Days {
  const start = Date.parse(from);
  return { from: utcDay(start - (Date.parse(to) - start)), to: from };
}

function daysIn({ from, to }: Days): string[] {
  const start = Date.parse(from);
  return Array.from({ length: (Date.parse(to) - start) / DAY_MS }, (_, index) => utcDay(start + index * DAY_MS));
}

type Measured = { latency: LatencyRow | undefined; approval: { count: number; approving: number } };

async function readBefore({ rollups }: Sources, clientId: string | undefined, period: Days): Promise<Measured> {
  const [[latency], approval] = await Promise.all([
    rollups.latencies({ clientId, ...period, by: [] }),
    rollups.approval({ clientId, ...period }),
  ]);
  return { latency, approval };
}

function totalsOf(days: readonly RollupSums[], { latency, approval }: Measured): OverviewTotals {
  const sums = addSums(days);
  return {
    ...figuresOf(sums),
    latency: latencyOf(sums, latency),
    approval: shareOf(approval.approving, approval.count),
  };
}

/** Keys and clients are known by id; people know them by name. */
async function readNames({ keys, clients }: Sources, { by, clientId }: OverviewQuery): Promise<Map<string, string>> {
  const named = by === 'key' ? await keys.list(clientId) : by === 'client' ? await clients.list() : [];
  return new Map(named.map(({ id, name }) => [id, name]));
}

function breakdown(
  groups: readonly RollupRow[],
  by: OverviewGrouping,
  { latencies, names }: { latencies: readonly LatencyRow[]; names: ReadonlyMap<string, string> },
): Pick<Overview, 'rows' | 'moreRows'> {
  const histograms = new Map(latencies.map((row) => [row.key.model, row]));
  const rows = groups
    .toSorted((a, b) => b.costNanoUsd - a.costNanoUsd || b.requests - a.requests)
    .slice(0, MOST_ROWS)
    .map((sums): OverviewRow => {
      const key = sums.key[by] ?? '';
      return {
        key,
        name: names.get(key),
        ...figuresOf(sums),
        meanLatencyMs: meanMs(sums.latencySumUs, sums.latencyCount),
        latency: by === 'model' ? latencyOf(sums, histograms.get(key)) : undefined,
      };
    });
  return { rows, moreRows: groups.length - rows.length };
}
