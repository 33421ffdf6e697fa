import type { Bench } from '../bench.ts';
import type { Pool, PoolRow } from '../data/pool.ts';
import { cheapestMix, type Mix, type Point, upperHull } from '../measures/cost-quality-hull.ts';
import { dearestCost, fitCosts, meanCost } from '../measures/expected-costs.ts';
import { TARGETS } from '../measures/hull-measures.ts';
import { fixedPicks, type Picks, picksAt, tradeOffs } from '../measures/trade-offs.ts';
import type { OurPrediction } from '../methods/ours.ts';
import { meanQuality } from '../methods/routing-method.ts';
import { type Fold, tuningSplit } from './folds.ts';

/** One fold's held-out rows, and all that was decided about them without their outcomes. */
export type HeldOutFold = {
  name: string;
  rows: PoolRow[];
  /** Best and cheapest on the training rows. */
  strongest: number;
  cheapest: number;
  methods: Map<string, HeldOutMethod>;
  /** What our router says of each row beyond the quality it predicts. */
  ours: OurPrediction[];
};

/** All of it that does not stand in the data: what a thread sends back. */
export type FoldResult = Omit<HeldOutFold, 'rows'>;

export type HeldOutMethod = {
  /** Predicted quality per row and model. */
  quality: Float64Array[];
  picks: Picks;
  /** Per target: the cheapest mix of settings that reached it on training rows; the strongest model where none did. Empty when not tuned. */
  fixed: Mix[];
};

/** The zero router's name: it learns nothing but each model's mean. */
export const ZERO_ROUTER = 'zero router';

/**
 * How trade-offs are fixed beforehand. `refitted`: on a quarter of the training rows by a fit on the others, then
 * everything is fitted again on all of them. `held back`: likewise without fitting again, at half the cost.
 */
export type Tuning = 'none' | 'refitted' | 'held back';

export type HoldOutOptions = Pick<Bench, 'methods' | 'ours'> & { seed: number; tuning: Tuning };

/** Fits every method on the fold's training rows and applies it to the fold's test rows. */
export async function holdOut(pool: Pool, fold: Fold, options: HoldOutOptions): Promise<FoldResult> {
  const { methods, ours, seed, tuning } = options;
  const worths = tradeOffs(dearestCost(pool.rows));
  const ends = {
    strongest: indexOfBest(meanQuality(fold.train, pool.models.length)),
    cheapest: indexOfBest(meanCost(fold.train).map((cost) => -cost)),
  };
  const split = tuning === 'none' ? undefined : tuningSplit(fold.train, seed);
  const train = tuning === 'held back' ? (split?.fit ?? fold.train) : fold.train;
  const costs = fitCosts(fold.train, pool.models.length);
  const applied = new Map([[ZERO_ROUTER, zeroRouter(pool, fold, ends.strongest)]]);
  for (const method of methods) {
    const apply = async (known: readonly PoolRow[], rows: readonly PoolRow[]) => {
      const predict = await method.fit(known, pool);
      const quality: Float64Array[] = [];
      for (const row of rows) quality.push(await predict(row));
      return { quality, picks: picksAt(worths, quality, rows.map(costs)) };
    };
    const tuned = split === undefined ? undefined : await apply(split.fit, split.tune);
    const fixed = tuned === undefined ? [] : fixedMixes(tuned.picks, split?.tune ?? [], ends);
    applied.set(method.name, { ...(await apply(train, fold.test)), fixed });
  }
  const predictions = await Promise.all(fold.test.map(ours(train, pool)));
  return { name: fold.name, ...ends, methods: applied, ours: predictions };
}

const indexOfBest = (values: ArrayLike<number>): number => {
  let best = 0;
  for (let n = 1; n < values.length; n += 1) if ((values[n] ?? 0) > (values[best] ?? 0)) best = n;
  return best;
};

function zeroRouter(pool: Pool, { train, test }: Fold, strongest: number): HeldOutMethod {
  const models = pool.models.length;
  const mean = meanQuality(train, models);
  const hull = upperHull(pointsOf(fixedPicks(train.length, models), train));
  const fallBack = { low: strongest, high: strongest, share: 1 };
  return {
    quality: test.map(() => mean),
    picks: fixedPicks(test.length, models),
    fixed: TARGETS.map((target) => cheapestMix(hull, target * (mean[strongest] ?? 0)) ?? fallBack),
  };
}

/** The settings of `pickedRoutes`: the trade-offs, then always the cheapest, then always the strongest model. */
function fixedMixes(picks: Picks, rows: readonly PoolRow[], ends: { strongest: number; cheapest: number }): Mix[] {
  const single = pointsOf(fixedPicks(rows.length, rows[0]?.quality.length ?? 0), rows);
  const always = { cheapest: single[ends.cheapest], strongest: single[ends.strongest] };
  if (always.cheapest === undefined || always.strongest === undefined) throw new RangeError('no rows to tune on');
  const { quality } = always.strongest;
  const hull = upperHull([...pointsOf(picks, rows), always.cheapest, always.strongest]);
  const fallBack = { low: picks.settings + 1, high: picks.settings + 1, share: 1 };
  return TARGETS.map((target) => cheapestMix(hull, target * quality) ?? fallBack);
}

/** Mean cost and quality at every setting. */
export function pointsOf({ settings, data }: Picks, rows: readonly PoolRow[]): Point[] {
  return Array.from({ length: settings }, (_, s) => {
    let cost = 0;
    let quality = 0;
    rows.forEach((row, r) => {
      const model = data[r * settings + s] ?? 0;
      cost += row.costUsd[model] ?? 0;
      quality += row.quality[model] ?? 0;
    });
    return { cost: cost / rows.length, quality: quality / rows.length };
  });
}
