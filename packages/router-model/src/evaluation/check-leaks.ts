import type { TrainingRow } from '../rows.ts';
import { groupHash } from '../training/prepare-data.ts';

/** A held-out row and the training row it repeats. */
export type Leak = {
  held: TrainingRow;
  train: TrainingRow;
  /** `exact`: the same texts. `near`: the same user text but for numbers, case and punctuation. */
  kind: 'exact' | 'near';
};

/** Finds the rows marked `dev` that repeat a row marked `train`: measuring on them would flatter the router. */
export function findLeaks(rows: readonly TrainingRow[]): Leak[] {
  const byGroup = new Map<number, Map<string, TrainingRow>>();
  for (const row of rows) {
    if (row.split !== 'train') continue;
    const group = byGroup.get(groupHash(row)) ?? new Map<string, TrainingRow>();
    group.set(textsOf(row), row);
    byGroup.set(groupHash(row), group);
  }
  return rows.flatMap((held): Leak[] => {
    const group = held.split === 'dev' ? byGroup.get(groupHash(held)) : undefined;
    if (group === undefined) return [];
    const same = group.get(textsOf(held));
    const train = same ?? group.values().next().value;
    return train === undefined ? [] : [{ held, train, kind: same === undefined ? 'near' : 'exact' }];
  });
}

const textsOf = ({ prompt }: TrainingRow): string => `${prompt.system}\n${prompt.text}`;

const MOST_NAMED = 5;

/**
 * Throws when a prompt stands in both splits word for word, naming the rows: whoever made the split did not mean that.
 * Near-duplicates are returned, for a word of them; measuring leaves them out.
 */
export function checkLeaks(rows: readonly TrainingRow[]): Leak[] {
  const leaks = findLeaks(rows);
  const exact = leaks.filter(({ kind }) => kind === 'exact');
  if (exact.length === 0) return leaks;
  const named = exact.slice(0, MOST_NAMED).map(({ held, train }) => `  ${placeOf(held)} repeats ${placeOf(train)}`);
  const more = exact.length > MOST_NAMED ? [`  and ${exact.length - MOST_NAMED} more`] : [];
  throw new Error(
    [
      `the split leaks: ${exact.length} held-out rows have the text of a training row`,
      ...named,
      ...more,
      'Give both rows the same split, or leave split out: near-duplicates are then held out together.',
    ].join('\n'),
  );
}

const placeOf = ({ id, place }: TrainingRow): string => (place === undefined ? id : `${id} (${place})`);
