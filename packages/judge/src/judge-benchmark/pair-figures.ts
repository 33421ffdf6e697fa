import { cohenKappa, mean } from '@pointsman/statistics';
import type { JudgePair, PairSide } from './judge-scores.ts';

/** Share of pairs judged alike in both orders. */
export const orderConsistency = (pairs: readonly JudgePair[]): number | undefined =>
  pairs.length === 0 ? undefined : mean(pairs.map(({ aFirst, bFirst }) => (aFirst === bFirst ? 1 : 0)));

/** How much more often the reply shown first wins than the one shown second, over both orders; 0 is fair. */
export const firstPlaceBias = (pairs: readonly JudgePair[]): number | undefined =>
  pairs.length === 0
    ? undefined
    : mean(pairs.flatMap(({ aFirst, bFirst }) => [leaning(aFirst, 'a'), leaning(bFirst, 'b')]));

/** Cohen's kappa with people's preferences; a judge that changes its mind with the order counts as a tie. */
export function pairKappa(pairs: readonly JudgePair[]): number | undefined {
  const rated = pairs.flatMap(({ human, ...pair }) => (human === undefined ? [] : [{ human, found: settled(pair) }]));
  if (rated.length === 0) return undefined;
  return cohenKappa(
    rated.map(({ found }) => found),
    rated.map(({ human }) => human),
    { categories: ['a', 'b', 'tie'] },
  );
}

function settled({ aFirst, bFirst }: Pick<JudgePair, 'aFirst' | 'bFirst'>): PairSide {
  return aFirst === bFirst ? aFirst : 'tie';
}

function leaning(verdict: PairSide, first: PairSide): number {
  if (verdict === 'tie') return 0;
  return verdict === first ? 1 : -1;
}
