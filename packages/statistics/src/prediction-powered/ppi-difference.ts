import type { PpiEstimate, PpiOptions } from './ppi-estimate.ts';
import { ppiMean } from './ppi-mean.ts';
import type { LabelledRow, PredictedRow } from './ppi-rows.ts';

/** What one system got for a case: always a prediction, sometimes the truth. */
export type ScoredCase = {
  case: string;
  predicted: number;
  truth?: number | undefined;
  /** Cases of one group are not independent; taken from either side. */
  group?: string | undefined;
};

export type PpiDifferenceInput = PpiOptions & { before: readonly ScoredCase[]; after: readonly ScoredCase[] };

/** `unpaired` cases occur on one side only: they are in no way part of the estimate. */
export type PpiDifference = PpiEstimate & { unpaired: number };

/**
 * The mean of `after - before` over the cases that both have: `ppiMean` of the differences case by case. A case is
 * labelled when both sides have a truth; one truth alone says nothing about the difference, and that case counts as predicted.
 * Positive means `after` is larger.
 *
 * @throws RangeError as `ppiMean`, and when a case occurs twice on one side.
 */
export function ppiDifference({ before, after, ...options }: PpiDifferenceInput): PpiDifference {
  const [first, second] = [byCase(before), byCase(after)];
  const labelled: LabelledRow[] = [];
  const unlabelled: PredictedRow[] = [];
  for (const [name, from] of first) {
    const to = second.get(name);
    if (to === undefined) continue;
    const row = { predicted: to.predicted - from.predicted, group: from.group ?? to.group };
    if (from.truth === undefined || to.truth === undefined) unlabelled.push(row);
    else labelled.push({ ...row, truth: to.truth - from.truth });
  }
  const paired = labelled.length + unlabelled.length;
  return { ...ppiMean({ labelled, unlabelled, ...options }), unpaired: first.size + second.size - 2 * paired };
}

function byCase(scores: readonly ScoredCase[]): Map<string, ScoredCase> {
  const cases = new Map(scores.map((score) => [score.case, score]));
  if (cases.size < scores.length) throw new RangeError('A case occurs twice on one side of a difference');
  return cases;
}
