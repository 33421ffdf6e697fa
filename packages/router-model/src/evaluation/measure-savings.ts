import { bootstrapFigures, type Resampling } from './bootstrap-figures.ts';
import type { PoolOutcome, PoolSavings } from './evaluation-table.ts';
import { type HeldOutCell, PREDICTORS } from './held-out-cell.ts';
import { type Pool, strongestOf } from './pool-requests.ts';
import { type Choices, chooseAt, outcomesOf, type PoolOutcomes, requestWeights, weightedSum } from './route-pool.ts';

type Total = { quality: number; cost: number };
/** Ways to route of which one is picked: per way what each request brings and costs. The first is always the strongest. */
type Family = PoolOutcomes & { pick(totals: readonly Total[], leastQuality: number): Mix };
/** One way for a share of the requests, another for the rest. */
type Mix = { one: number; other: number; share: number };

const TARGETS = [0.99, 0.95];
/** From almost free to almost blind; see `chooseAt`. */
const TRADE_OFFS = Array.from({ length: 81 }, (_, n) => (n === 0 ? 0 : 10 ** (-4 + n * 0.07)));
const METHODS = ['router', 'kindAverages', 'domainAverage', 'hashedRidge', 'zeroRouter'] as const;
type Method = (typeof METHODS)[number];

/**
 * What routing saves against always using the pool's strongest model while aiming at a share of its quality. The
 * trade-off that just meets the aim is found on one half of the requests and measured on the other, both ways; every
 * resample finds its own.
 */
export function measureSavings(pool: Pool, resampling: Resampling): PoolSavings[] {
  const strongest = strongestOf(pool);
  const halves = [0, 1].map((half) =>
    Int32Array.from(pool.requests.flatMap(({ request }, n) => (Math.floor(request.group / 7) % 2 === half ? [n] : []))),
  );
  if (!pool.isPriced || halves.some((half) => half.length === 0)) return [];
  const families = familiesOf(pool, strongest);
  const figures = bootstrapFigures(
    pool.groups.count,
    (weights) => {
      const drawn = requestWeights(pool.groups.of, weights);
      const entries = METHODS.flatMap((method) => {
        const totals = halves.map((half) => totalsOf(families[method], drawn, half));
        return TARGETS.flatMap((target) => {
          const { saved, quality } = aimAt(target, families[method], totals);
          return [
            [`${method} saved ${target}`, saved],
            [`${method} quality ${target}`, quality],
          ];
        });
      });
      return Object.fromEntries(entries) as Record<string, number>;
    },
    resampling,
  );
  const outcome = (method: Method, target: number): PoolOutcome => ({
    saved: figures[`${method} saved ${target}`] ?? { tooFew: true },
    quality: figures[`${method} quality ${target}`] ?? { tooFew: true },
  });
  return TARGETS.map((target) => ({
    source: pool.source,
    models: pool.models.length,
    requests: pool.requests.length,
    strongest: pool.models[strongest]?.name ?? '',
    target,
    router: outcome('router', target),
    kindAverages: outcome('kindAverages', target),
    domainAverage: outcome('domainAverage', target),
    hashedRidge: outcome('hashedRidge', target),
    zeroRouter: outcome('zeroRouter', target),
  }));
}

function familiesOf(pool: Pool, strongest: number): Record<Method, Family> {
  const outcomes = outcomesOf(pool);
  const picked = (predict: (cell: HeldOutCell) => number): Family => {
    const always = new Uint16Array(pool.requests.length).fill(strongest);
    const routes = distinct([always, ...TRADE_OFFS.map((tradeOff) => chooseAt(pool, predict, tradeOff))]);
    const along = (values: readonly Float64Array[]): Float64Array[] =>
      routes.map((route) => Float64Array.from(route, (model, n) => values[model]?.[n] ?? 0));
    return { quality: along(outcomes.quality), cost: along(outcomes.cost), pick: cheapestGood };
  };
  const strongestFirst = (values: readonly Float64Array[]): Float64Array[] => [
    ...values.slice(strongest, strongest + 1),
    ...values,
  ];
  return {
    router: picked(PREDICTORS.router),
    kindAverages: picked(PREDICTORS.kindAverages),
    domainAverage: picked(PREDICTORS.domainAverage),
    hashedRidge: picked(PREDICTORS.hashedRidge),
    zeroRouter: {
      quality: strongestFirst(outcomes.quality),
      cost: strongestFirst(outcomes.cost),
      pick: cheapestGoodMix,
    },
  };
}

/** Neighbouring trade-offs often choose alike. */
function distinct(routes: readonly Choices[]): Choices[] {
  return [...new Map(routes.map((route) => [route.join(), route])).values()];
}

function totalsOf({ quality, cost }: PoolOutcomes, weights: Float64Array, half: Int32Array): Total[] {
  return quality.map((values, way) => ({
    quality: weightedSum(values, weights, half),
    cost: weightedSum(cost[way] ?? new Float64Array(0), weights, half),
  }));
}

const NOTHING: Total = { quality: 0, cost: 0 };

function aimAt(target: number, { pick }: Family, halves: readonly Total[][]): { saved: number; quality: number } {
  const sums = { quality: 0, cost: 0, bestQuality: 0, bestCost: 0 };
  halves.forEach((tested, half) => {
    const tuned = halves[1 - half] ?? tested;
    const { one, other, share } = pick(tuned, target * (tuned[0] ?? NOTHING).quality);
    for (const [way, part] of [
      [one, share],
      [other, 1 - share],
    ] as const) {
      sums.quality += part * (tested[way] ?? NOTHING).quality;
      sums.cost += part * (tested[way] ?? NOTHING).cost;
    }
    sums.bestQuality += (tested[0] ?? NOTHING).quality;
    sums.bestCost += (tested[0] ?? NOTHING).cost;
  });
  return { saved: 1 - sums.cost / sums.bestCost, quality: sums.quality / sums.bestQuality };
}

function cheapestGood(totals: readonly Total[], leastQuality: number): Mix {
  let best = 0;
  totals.forEach(({ quality, cost }, way) => {
    if (quality >= leastQuality && cost < (totals[best] ?? NOTHING).cost) best = way;
  });
  return { one: best, other: best, share: 1 };
}

/** The cheapest way, or mix of two, that just reaches the quality. */
function cheapestGoodMix(totals: readonly Total[], leastQuality: number): Mix {
  let best = cheapestGood(totals, leastQuality);
  let bestCost = (totals[best.one] ?? NOTHING).cost;
  totals.forEach((good, one) => {
    if (good.quality < leastQuality) return;
    totals.forEach((poor, other) => {
      if (poor.quality >= leastQuality) return;
      const share = (leastQuality - poor.quality) / (good.quality - poor.quality);
      const cost = share * good.cost + (1 - share) * poor.cost;
      if (cost < bestCost) [best, bestCost] = [{ one, other, share }, cost];
    });
  });
  return best;
}
