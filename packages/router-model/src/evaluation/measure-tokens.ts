import { at } from '../mathematics/matrix.ts';
import type { TokenAccuracy } from './evaluation-table.ts';
import type { HeldOutRequest } from './held-out-cell.ts';

/** How well reply lengths were predicted; `undefined` when none was counted. */
export function measureTokens(requests: readonly HeldOutRequest[]): TokenAccuracy | undefined {
  const replies = requests.flatMap(({ tokens }) => tokens);
  if (replies.length === 0) return undefined;
  const factors = replies
    .map(({ observed, predicted }) => Math.abs(Math.log((observed + 1) / (predicted + 1))))
    .sort(ascending);
  const sum = (measure: (reply: (typeof replies)[number]) => number): number =>
    replies.reduce((total, reply) => total + measure(reply), 0);
  return {
    replies: replies.length,
    medianFactor: Math.exp(at(factors, Math.floor(factors.length / 2))),
    totalRatio:
      sum(({ predicted }) => predicted) /
      Math.max(
        sum(({ observed }) => observed),
        1,
      ),
    relativeError:
      sum(({ observed, predicted }) => Math.abs(observed - predicted)) /
      Math.max(
        sum(({ observed, average }) => Math.abs(observed - average)),
        1,
      ),
  };
}

const ascending = (a: number, b: number): number => a - b;
