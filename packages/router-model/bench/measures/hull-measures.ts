import { areaUnder, cheapestMix, type Point, upperHull } from './cost-quality-hull.ts';

/** What all methods of one comparison are measured against, on the same requests. */
export type Reference = {
  /** Always the cheapest model. */
  cheapest: Point;
  /** Always the strongest model. */
  strongest: Point;
  /** The cost of always taking the dearest model. */
  dearestCost: number;
  /** Every single model: their hull is the zero router. */
  models: readonly Point[];
  /** The trade-offs of a router that knows each outcome beforehand. */
  oracle: readonly Point[];
};

export const TARGETS = [1, 0.99, 0.95] as const;

export type HullMeasures = {
  /** Average quality over costs from the cheapest to the dearest model (Hu et al. 2024, RouterBench). */
  averageQuality: number;
  /** Share of the area between the zero router's hull and the oracle's, from the cheapest to the strongest model's cost. */
  gapClosed: number;
  /** Per target: the share of the strongest model's cost that the cheapest point with that share of its quality saves. */
  savings: number[];
};

/**
 * Measures the trade-offs of one method. The two ends, always the cheapest and always the strongest model, are open to
 * every method and belong to its hull.
 */
export function measureHull(points: readonly Point[], reference: Reference): HullMeasures {
  const { cheapest, strongest, dearestCost } = reference;
  const hull = upperHull([...points, cheapest, strongest]);
  const area = (of: readonly Point[]) => areaUnder(of, cheapest.cost, strongest.cost);
  const zero = area(upperHull(reference.models));
  return {
    averageQuality: areaUnder(hull, cheapest.cost, dearestCost) / (dearestCost - cheapest.cost),
    gapClosed: (area(hull) - zero) / (area(upperHull(reference.oracle)) - zero),
    savings: TARGETS.map(
      (target) => 1 - (cheapestMix(hull, target * strongest.quality)?.cost ?? strongest.cost) / strongest.cost,
    ),
  };
}
