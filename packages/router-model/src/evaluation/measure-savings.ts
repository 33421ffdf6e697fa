import { groupHash } from '../training/prepare-data.ts';
import type { PoolOutcome, PoolSavings } from './evaluation-table.ts';
import type { HeldOutCell } from './held-out-cell.ts';
import type { Pool } from './pool-requests.ts';

type Requests = Pool['requests'];
/** Total quality and cost of a way to route some requests. */
type Totals = { quality: number; cost: number };
type Route = (requests: Requests) => Totals;

const TARGETS = [0.99, 0.95];
/** Trade-offs tried, in score per nano-dollar relative to the dearest model's cost: from almost free to almost blind. */
const TRADE_OFFS = Array.from({ length: 81 }, (_, n) => (n === 0 ? 0 : 10 ** (-4 + n * 0.07)));
const MIX_STEPS = 20;

/**
 * What routing saves against always using the pool's strongest model while aiming at a share of its quality. The
 * trade-off that just meets the aim is found on one half of the requests and measured on the other, both ways.
 */
export function measureSavings(pool: Pool): PoolSavings[] {
  const strongest = pool.models.reduce(
    (best, { expectedScore }, m) => (expectedScore > (pool.models[best]?.expectedScore ?? 0) ? m : best),
    0,
  );
  const halves = [0, 1].map((half) =>
    pool.requests.filter(({ request }) => Math.floor(groupHash(request.row) / 7) % 2 === half),
  );
  const [first = [], second = []] = halves;
  if (first.length === 0 || second.length === 0) return [];
  const always: Route = (requests) => totals(requests, () => strongest);
  return TARGETS.map((target): PoolSavings => {
    const measure = (routes: readonly Route[]): PoolOutcome => {
      const measured = [
        { tuned: first, tested: second },
        { tuned: second, tested: first },
      ].map(({ tuned, tested }) => ({
        routed: cheapestGoodRoute(routes, tuned, target * always(tuned).quality)(tested),
        tested,
      }));
      const sum = (part: (entry: (typeof measured)[number]) => number) => measured.reduce((s, e) => s + part(e), 0);
      return {
        saved: 1 - sum(({ routed }) => routed.cost) / sum(({ tested }) => always(tested).cost),
        quality: sum(({ routed }) => routed.quality) / sum(({ tested }) => always(tested).quality),
      };
    };
    return {
      source: pool.source,
      models: pool.models.length,
      requests: pool.requests.length,
      strongest: pool.models[strongest]?.name ?? '',
      target,
      router: measure([always, ...tradeOffRoutes(pool, (cell) => cell.mean)]),
      domainAverage: measure([always, ...tradeOffRoutes(pool, (cell) => cell.domainAverage)]),
      zeroRouter: measure([always, ...blindMixes(pool)]),
    };
  });
}

function cheapestGoodRoute(routes: readonly Route[], requests: Requests, leastQuality: number): Route {
  let best = routes[0] ?? (() => ({ quality: 0, cost: 0 }));
  let bestCost = best(requests).cost;
  for (const route of routes) {
    const { quality, cost } = route(requests);
    if (quality >= leastQuality && cost < bestCost) [best, bestCost] = [route, cost];
  }
  return best;
}

function tradeOffRoutes({ models }: Pool, predict: (cell: HeldOutCell) => number): Route[] {
  const dearest = Math.max(...models.map(({ expectedCost }) => expectedCost), 1);
  return TRADE_OFFS.map((tradeOff): Route => {
    const worthOf = (cell: HeldOutCell | undefined, m: number): number =>
      (cell === undefined ? 0 : predict(cell)) - (tradeOff * (models[m]?.expectedCost ?? 0)) / dearest;
    return (requests) =>
      totals(requests, (cells) =>
        cells.reduce((best, cell, m) => (worthOf(cell, m) > worthOf(cells[best], best) ? m : best), 0),
      );
  });
}

function blindMixes({ models }: Pool): Route[] {
  const fixed = models.map(
    (_, m): Route =>
      (requests) =>
        totals(requests, () => m),
  );
  return fixed.flatMap((one, a) =>
    fixed.slice(a).flatMap((other) =>
      Array.from({ length: MIX_STEPS + 1 }, (_, step): Route => {
        const share = step / MIX_STEPS;
        return (requests) => mix(one(requests), other(requests), share);
      }),
    ),
  );
}

function mix(one: Totals, other: Totals, share: number): Totals {
  return {
    quality: share * one.quality + (1 - share) * other.quality,
    cost: share * one.cost + (1 - share) * other.cost,
  };
}

function totals(requests: Requests, choose: (cells: HeldOutCell[]) => number): Totals {
  let quality = 0;
  let cost = 0;
  for (const { cells } of requests) {
    const chosen = cells[choose(cells)];
    quality += chosen?.outcome ?? 0;
    cost += chosen?.costNanoUsd ?? 0;
  }
  return { quality, cost };
}
