/** Mean cost and mean quality of one way to route. */
export type Point = { cost: number; quality: number };

/** A corner of a hull, and which of the given points it is. */
export type HullPoint = Point & { index: number };

/**
 * The non-decreasing upper concave hull of some points (Hu et al. 2024, RouterBench): what is within reach by mixing
 * them at random. Ascending in cost, from the cheapest point to the best; at least one point must be given.
 */
export function upperHull(points: readonly Point[]): HullPoint[] {
  const sorted = points
    .map((point, index): HullPoint => ({ ...point, index }))
    .sort((a, b) => a.cost - b.cost || b.quality - a.quality);
  const hull: HullPoint[] = [];
  for (const point of sorted) {
    const last = hull.at(-1);
    if (last !== undefined && point.quality <= last.quality) continue;
    while (hull.length > 1 && !turnsDown(hull.at(-2), hull.at(-1), point)) hull.pop();
    hull.push(point);
  }
  if (hull.length === 0) throw new RangeError('a hull needs at least one point');
  return hull;
}

/** Whether the slope falls at `b`. */
function turnsDown(a: Point | undefined, b: Point | undefined, c: Point): boolean {
  if (a === undefined || b === undefined) return true;
  return (b.quality - a.quality) * (c.cost - b.cost) > (c.quality - b.quality) * (b.cost - a.cost);
}

/**
 * The area under a hull between two costs. Beyond its dearest corner the hull stays level; below its cheapest corner
 * nothing is within reach, which counts as that corner's quality, since every method may always take the cheapest model.
 */
export function areaUnder(hull: readonly Point[], from: number, to: number): number {
  const first = hull[0];
  const last = hull.at(-1);
  if (first === undefined || last === undefined) return 0;
  let area = between(from, to, Number.NEGATIVE_INFINITY, first.cost) * first.quality;
  area += between(from, to, last.cost, Number.POSITIVE_INFINITY) * last.quality;
  hull.slice(1).forEach((right, n) => {
    const left = hull[n] ?? first;
    const width = between(from, to, left.cost, right.cost);
    if (width === 0) return;
    const middle = Math.max(from, left.cost) + width / 2;
    area += width * interpolate(left, right, middle);
  });
  return area;
}

/** How much of `[low, high]` lies in `[from, to]`. */
function between(from: number, to: number, low: number, high: number): number {
  return Math.max(0, Math.min(to, high) - Math.max(from, low));
}

function interpolate(left: Point, right: Point, cost: number): number {
  if (right.cost === left.cost) return right.quality;
  return left.quality + ((cost - left.cost) / (right.cost - left.cost)) * (right.quality - left.quality);
}

/** A random mix of two settings of a trade-off: `high` with probability `share`, else `low`. */
export type Mix = { low: number; high: number; share: number };

/** The cheapest mix of the hull's corners that reaches a quality; `undefined` when none does. */
export function cheapestMix(hull: readonly HullPoint[], quality: number): (Mix & { cost: number }) | undefined {
  const at = hull.findIndex((point) => point.quality >= quality);
  const right = hull[at];
  if (right === undefined) return undefined;
  const left = hull[at - 1];
  if (left === undefined) return { low: right.index, high: right.index, share: 1, cost: right.cost };
  const share = (quality - left.quality) / (right.quality - left.quality);
  return { low: left.index, high: right.index, share, cost: left.cost + share * (right.cost - left.cost) };
}
