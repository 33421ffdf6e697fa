import type { Economics, EvaluatedItem } from '@pointsman/contracts';
import { bootstrapInterval, meanInterval, quantile } from '@pointsman/statistics';

/** What a contestant's replies cost and how long they took; a cost nobody knows is counted apart, never as 0. */
export function measureEconomics(items: readonly EvaluatedItem[], seed: string): Economics {
  const answered = items.flatMap(({ reply }) => (reply.status === 'answered' ? [reply] : []));
  const costs = answered.flatMap(({ cost }) => (cost.status === 'unknown' ? [] : [cost.nanoUsd]));
  const latencies = answered.map(({ latencyMs }) => latencyMs);
  const tokens = answered.flatMap(({ outputTokens }) => (outputTokens === undefined ? [] : [outputTokens]));
  const latencyAt = (share: number) =>
    bootstrapInterval(latencies, (drawn) => quantile(drawn, share), {
      seed,
      resamples: RESAMPLES,
      method: 'percentile',
    });
  return {
    meanCostNanoUsd: meanInterval(costs),
    unknownCosts: answered.length - costs.length,
    latencyP50Ms: latencyAt(0.5),
    latencyP95Ms: latencyAt(0.95),
    meanOutputTokens: meanInterval(tokens),
  };
}

/** Sorting thousands of latencies is what it costs. */
const RESAMPLES = 400;
