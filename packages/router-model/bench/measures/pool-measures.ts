import type { HeldOutFold, HeldOutMethod } from '../splits/hold-out.ts';
import type { Point } from './cost-quality-hull.ts';
import { dearestCost } from './expected-costs.ts';
import {
  bootstrap,
  type Estimate,
  type GroupTotals,
  numberGroups,
  type Resampling,
  weightedTotals,
} from './group-totals.ts';
import { measureHull, type Reference, TARGETS } from './hull-measures.ts';
import { addMixed, OUTCOMES, outcomesOf, pickedRoutes, type Routes, shuffledRoutes } from './routed-outcomes.ts';
import { fixedPicks, picksAt, tradeOffs } from './trade-offs.ts';

/** How one way to route did with its trade-off set beforehand. Shares are of always taking the strongest model. */
export type FixedMeasures = Record<'delivered' | 'saved' | 'oversized' | 'overTwice' | 'undersized', Estimate>;

export type MethodMeasures = {
  name: string;
  averageQuality: Estimate;
  gapClosed: Estimate;
  /** Per target: the share of the strongest model's cost saved on the test hull. */
  hullSavings: Estimate[];
  /** Per target: what came of the trade-off that met it on training rows. */
  fixed: FixedMeasures[];
  /** Mean cost and quality at each setting. */
  curve: Point[];
};

export type PoolMeasures = {
  requests: number;
  groups: number;
  /** Mean quality and cost of each single model, and of the oracle's trade-offs. */
  models: Point[];
  oracle: Point[];
  always: { name: string; point: Point; fixed: FixedMeasures }[];
  methods: MethodMeasures[];
};

/** Rows of all folds with what every model would have come to on them, and their near-duplicate groups. */
type Tested = { folds: readonly HeldOutFold[]; outcomes: Float64Array[][]; groupOf: Int32Array; groups: number };

const WIDTH = OUTCOMES.length;
/** Along a trade-off only cost and quality are summed. */
const POINT_WIDTH = 2;
const ALWAYS = ['always the strongest', 'always the cheapest'] as const;

/** Measures every method on all folds' rows together; `shuffled` names the one that is also measured shuffled. */
export function measurePool(folds: readonly HeldOutFold[], shuffled: string, resampling: Resampling): PoolMeasures {
  const { of: groupOf, count: groups } = numberGroups(folds.flatMap(({ rows }) => rows.map(({ group }) => group)));
  const outcomes = folds.map(({ rows, strongest }) => rows.map((row) => outcomesOf(row, strongest)));
  const tested: Tested = { folds, outcomes, groupOf, groups };
  const readReference = referenceReader(tested);
  const methods = [...(folds[0]?.methods.keys() ?? [])].flatMap((name) => {
    const plain = { name, read: methodReader(tested, name, pickedRoutes) };
    if (name !== shuffled) return [plain];
    return [plain, { name: `${name}, shuffled`, read: methodReader(tested, name, shuffledRoutes) }];
  });
  const measure = (weights: Float64Array): number[] => {
    const reference = readReference(weights);
    const strongest = reference.always[0] ?? new Float64Array(WIDTH);
    return [
      ...reference.always.flatMap((totals) => fixedValues(totals, strongest, reference.requests)),
      ...methods.flatMap(({ read }) => {
        const { points, fixed } = read(weights, reference.requests);
        const { averageQuality, gapClosed, savings } = measureHull(points, reference);
        const atTargets = fixed.flatMap((totals) => fixedValues(totals, strongest, reference.requests));
        return [averageQuality, gapClosed, ...savings, ...atTargets];
      }),
    ];
  };
  const once = new Float64Array(groups).fill(1);
  const reference = readReference(once);
  const next = reading(bootstrap(groups, measure, resampling));
  return {
    requests: reference.requests,
    groups,
    models: [...reference.models],
    oracle: [...reference.oracle],
    always: ALWAYS.map((name, n) => ({
      name,
      point: n === 0 ? reference.strongest : reference.cheapest,
      fixed: readFixed(next),
    })),
    methods: methods.map(({ name, read }) => ({
      name,
      averageQuality: next(),
      gapClosed: next(),
      hullSavings: TARGETS.map(next),
      fixed: TARGETS.map(() => readFixed(next)),
      curve: read(once, reference.requests).points,
    })),
  };
}

/** Gives the estimates one after the other, in the order in which they were measured. */
function reading(estimates: readonly Estimate[]): () => Estimate {
  let position = 0;
  return () => {
    const estimate = estimates[position];
    if (estimate === undefined) throw new RangeError(`no estimate at ${position}`);
    position += 1;
    return estimate;
  };
}

const readFixed = (next: () => Estimate): FixedMeasures => ({
  delivered: next(),
  saved: next(),
  oversized: next(),
  overTwice: next(),
  undersized: next(),
});

/** In the order in which `readFixed` reads; `totals` are sums of `OUTCOMES`. */
function fixedValues(totals: Float64Array, strongest: Float64Array, requests: number): number[] {
  const [cost = 0, quality = 0, oversized = 0, overTwice = 0, undersized = 0] = totals;
  const [strongestCost = 0, strongestQuality = 0] = strongest;
  return [
    quality / strongestQuality,
    1 - cost / strongestCost,
    oversized / requests,
    overTwice / requests,
    undersized / requests,
  ];
}

/** Sums some columns of every row by near-duplicate group. */
function sumByGroup(
  { folds, groupOf, groups }: Tested,
  columns: number,
  add: (fold: number, row: number, place: { target: Float64Array; offset: number }) => void,
): GroupTotals {
  const data = new Float64Array(groups * columns);
  let n = 0;
  folds.forEach(({ rows }, f) => {
    for (let r = 0; r < rows.length; r += 1) {
      add(f, r, { target: data, offset: (groupOf[n] ?? 0) * columns });
      n += 1;
    }
  });
  return { columns, data };
}

type ReferenceTotals = Reference & { requests: number; always: Float64Array[] };

function referenceReader(tested: Tested): (weights: Float64Array) => ReferenceTotals {
  const { folds, outcomes } = tested;
  const models = folds[0]?.rows[0]?.quality.length ?? 0;
  const worths = tradeOffs(dearestCost(folds.flatMap(({ rows }) => rows)));
  const routes = folds.map(({ rows, cheapest, strongest }, f) => {
    const own = outcomes[f] ?? [];
    const ends = { cheapest, strongest };
    const oracle = picksAt(
      worths,
      rows.map(({ quality }) => quality),
      rows.map(({ costUsd }) => costUsd),
    );
    return {
      single: pickedRoutes(fixedPicks(rows.length, models), own, ends),
      oracle: pickedRoutes(oracle, own, ends),
    };
  });
  const at = { models: 1, oracle: 1 + POINT_WIDTH * models, ends: 1 + POINT_WIDTH * (models + worths.length) };
  const totals = sumByGroup(tested, at.ends + 2 * WIDTH, (f, row, { target, offset }) => {
    const { single, oracle } = routes[f] ?? {};
    if (single === undefined || oracle === undefined) return;
    target[offset] = (target[offset] ?? 0) + 1;
    addPoints(single, row, { target, offset: offset + at.models });
    addPoints(oracle, row, { target, offset: offset + at.oracle });
    // Beyond the single models: always the cheapest, always the strongest. Here the strongest comes first.
    single.add({ row, setting: models + 1, share: 1 }, target, offset + at.ends);
    single.add({ row, setting: models, share: 1 }, target, offset + at.ends + WIDTH);
  });
  return (weights) => {
    const sums = weightedTotals(totals, weights);
    const requests = sums[0] ?? 0;
    const single = pointsAt(sums, at.models, models, requests);
    const always = [0, 1].map((n) => sums.slice(at.ends + n * WIDTH, at.ends + (n + 1) * WIDTH));
    const [strongest, cheapest] = always.map((end) => pointsAt(end, 0, 1, requests)[0]);
    if (strongest === undefined || cheapest === undefined) throw new RangeError('nothing was held out');
    return {
      requests,
      always,
      strongest,
      cheapest,
      dearestCost: Math.max(...single.map(({ cost }) => cost)),
      models: single,
      oracle: pointsAt(sums, at.oracle, worths.length, requests),
    };
  };
}

type MethodTotals = { points: Point[]; fixed: Float64Array[] };

function methodReader(
  tested: Tested,
  name: string,
  routesOf: typeof pickedRoutes | typeof shuffledRoutes,
): (weights: Float64Array, requests: number) => MethodTotals {
  const methods = tested.folds.map((fold, f) => {
    const method = fold.methods.get(name);
    if (method === undefined) throw new RangeError(`${name} was not applied to ${fold.name}`);
    return { method, routes: routesOf(method.picks, tested.outcomes[f] ?? [], fold) };
  });
  const settings = methods[0]?.routes.settings ?? 0;
  const fixedAt = POINT_WIDTH * settings;
  const totals = sumByGroup(tested, fixedAt + WIDTH * TARGETS.length, (f, row, { target, offset }) => {
    const own = methods[f];
    if (own === undefined) return;
    addPoints(own.routes, row, { target, offset });
    addFixed(own, row, { target, offset: offset + fixedAt });
  });
  return (weights, requests) => {
    const sums = weightedTotals(totals, weights);
    return {
      points: pointsAt(sums, 0, settings, requests),
      fixed: TARGETS.map((_, t) => sums.slice(fixedAt + t * WIDTH, fixedAt + (t + 1) * WIDTH)),
    };
  };
}

function addPoints(routes: Routes, row: number, { target, offset }: { target: Float64Array; offset: number }): void {
  for (let setting = 0; setting < routes.settings; setting += 1)
    routes.add({ row, setting, share: 1 }, target, offset + setting * POINT_WIDTH, POINT_WIDTH);
}

function addFixed(
  { method, routes }: { method: HeldOutMethod; routes: Routes },
  row: number,
  { target, offset }: { target: Float64Array; offset: number },
): void {
  method.fixed.forEach((mix, t) => {
    addMixed(routes, row, mix, { target, offset: offset + t * WIDTH });
  });
}

function pointsAt(sums: Float64Array, offset: number, count: number, requests: number): Point[] {
  return Array.from({ length: count }, (_, n) => ({
    cost: (sums[offset + n * POINT_WIDTH] ?? 0) / requests,
    quality: (sums[offset + n * POINT_WIDTH + 1] ?? 0) / requests,
  }));
}
