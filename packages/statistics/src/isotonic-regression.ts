export type WeightedPoint = { x: number; y: number; weight?: number | undefined };

/** A non-decreasing curve as its corner points, ascending in x: plain data, to be stored and read back. */
export type IsotonicFit = { x: number; y: number }[];

type Block = { first: number; last: number; weight: number; y: number };

/**
 * The non-decreasing function closest to the points in weighted least squares, by pooling adjacent violators (Ayer et al.
 * 1955). Points that share an x are averaged first. No points give an empty fit.
 *
 * @throws RangeError when a number is not finite or a weight is not above 0.
 */
export function isotonicRegression(points: readonly WeightedPoint[]): IsotonicFit {
  const blocks: Block[] = [];
  for (const block of levels(points)) {
    let current = block;
    for (let last = blocks.at(-1); last !== undefined && last.y >= current.y; last = blocks.at(-1)) {
      blocks.pop();
      current = merged(last, current);
    }
    blocks.push(current);
  }
  return blocks.flatMap(({ first, last, y }) =>
    first === last
      ? [{ x: first, y }]
      : [
          { x: first, y },
          { x: last, y },
        ],
  );
}

/** The fitted value at `x`: linear between corner points, constant beyond the ends; undefined for an empty fit. */
export function isotonicValue(fit: IsotonicFit, x: number): number | undefined {
  const after = fit.findIndex((point) => point.x >= x);
  const upper = fit[after] ?? fit.at(-1);
  const lower = fit[after - 1] ?? upper;
  if (lower === undefined || upper === undefined) return undefined;
  if (lower.x === upper.x || after < 0) return upper.y;
  return lower.y + ((x - lower.x) / (upper.x - lower.x)) * (upper.y - lower.y);
}

/** One block for each x, ascending. */
function levels(points: readonly WeightedPoint[]): Block[] {
  const blocks: Block[] = [];
  for (const { x, y, weight = 1 } of points.toSorted((a, b) => a.x - b.x)) {
    if (!Number.isFinite(x) || !Number.isFinite(y) || !Number.isFinite(weight) || weight <= 0) {
      throw new RangeError(`A point needs finite numbers and a weight above 0, got x ${x}, y ${y}, weight ${weight}`);
    }
    const last = blocks.at(-1);
    const block = { first: x, last: x, weight, y };
    if (last !== undefined && last.first === x) blocks[blocks.length - 1] = merged(last, block);
    else blocks.push(block);
  }
  return blocks;
}

function merged(left: Block, right: Block): Block {
  const weight = left.weight + right.weight;
  return { first: left.first, last: right.last, weight, y: (left.y * left.weight + right.y * right.weight) / weight };
}
