import type { Candidate, Candidates } from '@pointsman/db';
import { seededRandom } from '@pointsman/statistics';

type Counted = Pick<Candidates, 'regularLeft' | 'goldLeft' | 'regularGiven' | 'goldGiven'>;

/** How many gold items a rater is still to meet, so that they end at `share` of all they were given. */
export function goldToCome({ regularLeft, goldLeft, regularGiven, goldGiven }: Counted, share: number): number {
  const planned = Math.round((share / (1 - share)) * (regularLeft + regularGiven));
  return Math.max(0, Math.min(goldLeft, planned - goldGiven));
}

/**
 * The item that a rater gets next. Gold items fall anywhere in the row, each place as likely as another: their turn
 * tells nothing. Two replies to the same case follow each other only where nothing else is left.
 */
export function chooseItem(
  candidates: Candidates,
  { share, seed }: { share: number; seed: string },
): Candidate | undefined {
  const { regular, gold, regularLeft, regularGiven, goldGiven, lastCaseId } = candidates;
  const golden = goldToCome(candidates, share);
  const random = seededRandom(`${seed} ${regularGiven + goldGiven}`);
  const isGoldTurn = random() * (golden + regularLeft) < golden;
  const offered = [...(isGoldTurn ? gold : []), ...regular, ...(isGoldTurn || golden === 0 ? [] : gold)];
  return offered.find(({ caseId }) => caseId !== lastCaseId) ?? offered[0];
}
