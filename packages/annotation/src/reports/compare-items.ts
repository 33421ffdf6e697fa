import { overallScore } from '@pointsman/benchmark';
import {
  type ComparedItem,
  type ComparedItems,
  DIMENSIONS,
  type Dimension,
  type EvaluatedItem,
  type ItemMove,
  type Metric,
  type RunItemsQuery,
} from '@pointsman/contracts';
import type { ScoredItem } from '@pointsman/db';

/** Less apart, two scores are the same: they differ by how they were added up. */
const SAME = 1e-9;

/** Every case of the candidate beside the baseline's, those that lost most first; cases without a pair last. */
export function compareItems(
  candidate: readonly ScoredItem[],
  baseline: readonly ScoredItem[],
  metric: Metric,
): ComparedItem[] {
  // A case that was changed between two versions is another case.
  const others = new Map(baseline.map((item) => [keyOf(item), item]));
  return candidate
    .map((item) => comparedItem(item, others.get(keyOf(item)), metric))
    .toSorted((a, b) => rankOf(a) - rankOf(b) || (a.caseId < b.caseId ? -1 : 1));
}

/** One page of those that match, with how many went which way among all that match but for `move`. */
export function pageOfItems(
  items: readonly ComparedItem[],
  { move, domain, task, language, offset, limit }: RunItemsQuery,
): ComparedItems {
  const matching = items.filter(
    (item) =>
      (domain === undefined || item.domain === domain) &&
      (task === undefined || item.task === task) &&
      (language === undefined || item.language === language),
  );
  const wanted = move === undefined ? matching : matching.filter((item) => item.move === move);
  // Of those that got better, whoever gained most.
  const ordered = move === 'better' ? wanted.toReversed() : wanted;
  const count = (of: ItemMove) => matching.filter((item) => item.move === of).length;
  return {
    data: ordered.slice(offset, offset + limit),
    total: wanted.length,
    moves: { worse: count('worse'), better: count('better'), same: count('same'), unpaired: count('unpaired') },
  };
}

const keyOf = ({ caseId, caseHash }: ScoredItem): string => `${caseId} ${caseHash}`;

/** Worst first; without a baseline the lowest score is the worst. */
const rankOf = ({ difference, candidate }: ComparedItem): number => difference ?? 2 + (candidate ?? 1);

function comparedItem(item: ScoredItem, other: ScoredItem | undefined, metric: Metric): ComparedItem {
  const { caseId, domain, task, language } = item;
  // Two overall scores compare only over the dimensions that both have.
  const both =
    other === undefined ? DIMENSIONS : DIMENSIONS.filter((one) => isScored(item, one) && isScored(other, one));
  const candidate = scoreOf(item, metric, DIMENSIONS);
  const baseline = other && scoreOf(other, metric, DIMENSIONS);
  const [ours, theirs] = [scoreOf(item, metric, both), other && scoreOf(other, metric, both)];
  const difference = ours === undefined || theirs === undefined ? undefined : ours - theirs;
  return {
    caseId,
    domain,
    task,
    language,
    move: moveOf(difference),
    ...(candidate !== undefined && { candidate }),
    ...(baseline !== undefined && { baseline }),
    ...(difference !== undefined && { difference }),
  };
}

function moveOf(difference: number | undefined): ItemMove {
  if (difference === undefined) return 'unpaired';
  if (Math.abs(difference) < SAME) return 'same';
  return difference < 0 ? 'worse' : 'better';
}

const isScored = ({ verdicts }: ScoredItem, dimension: Dimension) => verdicts[dimension]?.status === 'scored';

function scoreOf({ verdicts, weights }: ScoredItem, metric: Metric, among: readonly Dimension[]): number | undefined {
  if (metric !== 'overall')
    return isScored({ verdicts } as ScoredItem, metric) ? (verdicts[metric]?.score ?? undefined) : undefined;
  const own = Object.fromEntries(among.map((dimension) => [dimension, verdicts[dimension]]));
  return overallScore({ verdicts: own as EvaluatedItem['verdicts'], weights });
}
