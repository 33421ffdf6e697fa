/** A place in the plane: what it costs, and how good it is. */
export type PlanePlace = { costNanoUsd: number; quality: number };

/**
 * The points that no other dominates: none costs no more and is no worse with one of the two strictly better. Of equal
 * points all are in or none.
 */
export function paretoFront<Point extends PlanePlace>(points: readonly Point[]): Set<Point> {
  const ordered = points.toSorted((a, b) => a.costNanoUsd - b.costNanoUsd || b.quality - a.quality);
  const front = new Set<Point>();
  let last: Point | undefined;
  for (const point of ordered) {
    const isEqual = last?.costNanoUsd === point.costNanoUsd && last.quality === point.quality;
    if (last !== undefined && !isEqual && point.quality <= last.quality) continue;
    front.add(point);
    last = point;
  }
  return front;
}
