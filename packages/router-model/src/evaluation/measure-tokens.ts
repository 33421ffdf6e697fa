import { bootstrapFigures, numberGroups, type Resampling } from './bootstrap-figures.ts';
import type { TokenAccuracy } from './evaluation-table.ts';
import type { HeldOutRequest } from './held-out-cell.ts';
import { weightedMedian } from './weighted-ranking.ts';
import { addToGroup, emptySums, weightedTotals } from './weighted-sums.ts';

/** How well reply lengths were predicted; `undefined` when none was counted. */
export function measureTokens(requests: readonly HeldOutRequest[], resampling: Resampling): TokenAccuracy | undefined {
  const counted = requests.filter(({ tokens }) => tokens.length > 0);
  if (counted.length === 0) return undefined;
  const groups = numberGroups(counted.map(({ group }) => group));
  const replies = counted.flatMap(({ tokens }, n) => tokens.map((reply) => ({ ...reply, group: groups.of[n] ?? 0 })));
  const factors = replies
    .map(({ observed, predicted, group }) => ({ group, factor: Math.abs(Math.log((observed + 1) / (predicted + 1))) }))
    .sort((a, b) => a.factor - b.factor);
  const sorted = Float64Array.from(factors, ({ factor }) => factor);
  const groupOf = Int32Array.from(factors, ({ group }) => group);
  const sums = emptySums(groups.count, 4);
  for (const { observed, predicted, average, group } of replies)
    addToGroup(sums, group, [observed, predicted, Math.abs(observed - predicted), Math.abs(observed - average)]);
  const figures = bootstrapFigures(
    groups.count,
    (weights) => {
      const [observed = 0, predicted = 0, error = 0, averageError = 0] = weightedTotals(sums, weights);
      const median = weightedMedian(sorted, groupOf, weights);
      return {
        medianFactor: median && Math.exp(median),
        totalRatio: predicted / observed,
        relativeError: error / averageError,
      };
    },
    resampling,
  );
  return { replies: replies.length, ...figures };
}
