/**
 * The x >= 0 from which on `isPast` holds, for a condition that once true stays true; found by doubling from `high` until it
 * holds, then by halving, down to rounding.
 */
export function firstPast(isPast: (x: number) => boolean, high: number): number {
  let low = 0;
  let past = high;
  while (!isPast(past)) {
    low = past;
    past *= 2;
  }
  while (past - low > 4 * Number.EPSILON * past) {
    const middle = (low + past) / 2;
    if (middle === low || middle === past) break;
    if (isPast(middle)) past = middle;
    else low = middle;
  }
  return (low + past) / 2;
}
