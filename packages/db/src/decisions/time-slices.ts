const STRIDE_MS = 15 * 60_000;
/** Its multiples, less their whole parts, fill [0, 1) as evenly as can be (Weyl). */
const GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

export type TimeSlice = readonly [fromMs: number, toMs: number];

/**
 * Slices that together hold `share` of the time from `fromMs` to `toMs`: of every quarter of an hour one, elsewhere in each,
 * so that what happens on the hour is neither always in nor always out. One that reaches over the end of its quarter goes on
 * at the beginning of it.
 */
export function timeSlices(fromMs: number, toMs: number, share: number): TimeSlice[] {
  if (share >= 1) return [[fromMs, toMs]];
  const slices: TimeSlice[] = [];
  for (let start = Math.floor(fromMs / STRIDE_MS) * STRIDE_MS; start < toMs; start += STRIDE_MS) {
    const place = ((start / STRIDE_MS) * GOLDEN_RATIO) % 1;
    const from = start + Math.floor(place * STRIDE_MS);
    const end = start + STRIDE_MS;
    const to = from + Math.ceil(share * STRIDE_MS);
    slices.push([from, Math.min(to, end)]);
    if (to > end) slices.push([start, start + to - end]);
  }
  return slices.flatMap(([from, to]): TimeSlice[] => {
    const slice: TimeSlice = [Math.max(from, fromMs), Math.min(to, toMs)];
    return slice[0] < slice[1] ? [slice] : [];
  });
}
