import { ranks } from './ranks.ts';

/**
 * The area under the ROC curve: the probability that a positive scores above a negative, a tie counting half. In [0, 1];
 * undefined unless both classes occur. By the rank sum (Mann and Whitney 1947).
 *
 * @throws RangeError when the lengths differ.
 */
export function auc(scores: readonly number[], positive: readonly boolean[]): number | undefined {
  if (scores.length !== positive.length)
    throw new RangeError(`Pairs need equal lengths, got ${scores.length} and ${positive.length}`);
  const positives = positive.filter(Boolean).length;
  const negatives = positive.length - positives;
  if (positives === 0 || negatives === 0) return undefined;
  const rankSum = ranks(scores).reduce((sum, rank, index) => (positive[index] === true ? sum + rank : sum), 0);
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
