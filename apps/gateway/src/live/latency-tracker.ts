import type { LatencyTracker } from '../pipeline/pipeline-dependencies.ts';

/** Fewer replies than this say nothing about a 95th percentile. */
const FEWEST = 20;
const WINDOW = 200;

/** The 95th percentile of each model's last 200 complete replies on this node, in milliseconds. */
export function createLatencyTracker(): LatencyTracker {
  const windows = new Map<string, { values: Float64Array; seen: number; p95: number | undefined }>();
  return {
    observe(modelId, totalMs) {
      let window = windows.get(modelId);
      if (window === undefined) {
        window = { values: new Float64Array(WINDOW), seen: 0, p95: undefined };
        windows.set(modelId, window);
      }
      window.values[window.seen % WINDOW] = totalMs;
      window.seen += 1;
      // Sorting on every reply would cost more than it tells: every tenth is fresh enough.
      if (window.seen >= FEWEST && window.seen % 10 === 0) {
        const filled = window.values.slice(0, Math.min(window.seen, WINDOW)).sort();
        window.p95 = filled[Math.ceil(filled.length * 0.95) - 1];
      }
    },
    p95Ms: (modelId) => windows.get(modelId)?.p95,
  };
}
