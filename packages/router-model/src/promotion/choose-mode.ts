import type { ChoiceSkill, EvaluationTable } from '../evaluation/evaluation-table.ts';
import { isAbove, isBelow } from '../evaluation/measured.ts';
import type { ServingMode } from '../serving/serving-mode.ts';
import { sayPoints } from './say-figures.ts';

/** How an artefact may serve, and why, in a sentence for people. */
export type ModeVerdict = { mode: ServingMode; reason: string };

/**
 * The most of what was learned that was shown to pay. `learned` when its choices beat their cost-matched shuffle and are
 * not worse than kind averages beyond doubt; else `kind-averages` when those beat theirs; else `blind`.
 */
export function chooseMode({ choices }: Pick<EvaluationTable, 'choices'>): ModeVerdict {
  const all = choices.find(({ source }) => source === 'all');
  if (all === undefined)
    return {
      mode: 'blind',
      reason:
        'steps back to blind: the held-out requests were not answered by several models each, so nothing shows that ' +
        'reading the request pays; every request gets the overall averages',
    };
  const doubt = doubtOfLearned(all);
  if (doubt === undefined)
    return {
      mode: 'learned',
      reason: `serves all that was learned: its choices beat the same choices shuffled by ${sayPoints(all.learned.quality)} points of quality`,
    };
  return isAbove(all.kindAverages.quality, 0)
    ? {
        mode: 'kind-averages',
        reason: `steps back to kind averages: ${doubt}, while the averages of the kind of request beat theirs by ${sayPoints(all.kindAverages.quality)}`,
      }
    : {
        mode: 'blind',
        reason: `steps back to blind: ${doubt}, and kind averages do not beat theirs either (${sayPoints(all.kindAverages.quality)}); every request gets the overall averages`,
      };
}

function doubtOfLearned({ learned, learnedVersusKinds }: ChoiceSkill): string | undefined {
  if (!isAbove(learned.quality, 0))
    return `the learned choices are not shown to beat the same choices shuffled (${sayPoints(learned.quality)} points of quality)`;
  if (isBelow(learnedVersusKinds, 0))
    return `the learned choices are worth less than those by kind averages (${sayPoints(learnedVersusKinds)} points, cost priced in)`;
  return undefined;
}
