import { createHash } from 'node:crypto';
import type { TrainedOn } from '../artefact/trained-on.ts';
import type { TrainingRow } from '../rows.ts';
import { groupHash, isInSplit, mergeByPrompt } from '../training/prepare-data.ts';

/** Rows to measure on, those the baselines learn from, and what was left out of the former. */
export type SplitRows = {
  train: TrainingRow[];
  held: TrainingRow[];
  leftOut: { learned: number; duplicates: number };
};

/**
 * Splits rows and leaves out the held-out ones that are no fair test: those an artefact has learned from, itself or a
 * near-duplicate, and near-duplicates of the given training rows. Replies to the same prompt become one row.
 * Throws when none is left.
 */
export async function splitRows(
  rows: AsyncIterable<TrainingRow> | Iterable<TrainingRow>,
  holdout: number,
  learned: readonly TrainedOn[],
): Promise<SplitRows> {
  const train: TrainingRow[] = [];
  const candidates: TrainingRow[] = [];
  for await (const row of rows) (isInSplit(row, { split: 'dev', holdout }) ? candidates : train).push(row);
  if (candidates.length === 0) throw new Error('nothing is held out: no row has the split dev, and none was drawn');
  const trainGroups = new Set(train.map(groupHash));
  const leftOut = { learned: 0, duplicates: 0 };
  const held = mergeByPrompt(candidates).filter((row) => {
    if (learned.some((trainedOn) => trainedOn.has(row))) leftOut.learned += 1;
    else if (trainGroups.has(groupHash(row))) leftOut.duplicates += 1;
    else return true;
    return false;
  });
  if (held.length === 0)
    throw new Error(
      `no held-out row is fit to measure on: ${leftOut.learned} were learned from (or near-duplicates of such rows), ` +
        `${leftOut.duplicates} are near-duplicates of training rows. Measure on rows the artefact has not seen.`,
    );
  return { train: mergeByPrompt(train), held, leftOut };
}

/** SHA-256 over rows, in whatever order they come. */
export function hashRows(rows: readonly TrainingRow[]): string {
  const hashes = rows.map(({ source, prompt, observations }) =>
    createHash('sha256')
      .update(JSON.stringify([source, prompt, observations.toSorted((a, b) => (a.model < b.model ? -1 : 1))]))
      .digest('hex'),
  );
  return createHash('sha256').update(hashes.sort().join('')).digest('hex');
}
