/** Requests by how long they took; `bucket` is that of the SQL function `latency_bucket`. */
export type LatencyHistogram = readonly { bucket: number; count: number }[];

/** Ratio of one bucket's upper bound to its lower one: the most by which a quantile read from them can be off. */
const BUCKET_RATIO = 1.09;

/** Beyond a day. */
const LAST_BUCKET = 220;

/** The bucket of a duration in milliseconds, as SQL's `latency_bucket` counts it. */
export const latencyBucket = (ms: number): number =>
  Math.min(LAST_BUCKET, Math.floor(Math.log(Math.max(ms, 1)) / Math.log(BUCKET_RATIO)));

/**
 * The quantile `p` in [0, 1] of what was counted, in milliseconds: the geometric middle of its bucket, within 4.5 % of the
 * value itself. Undefined when nothing was counted. Buckets in any order, each once.
 */
export function latencyQuantile(histogram: LatencyHistogram, p: number): number | undefined {
  const total = histogram.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return undefined;
  let left = Math.max(1, Math.ceil(p * total));
  for (const { bucket, count } of histogram.toSorted((a, b) => a.bucket - b.bucket)) {
    left -= count;
    if (left <= 0) return BUCKET_RATIO ** (bucket + 0.5);
  }
  return undefined;
}
