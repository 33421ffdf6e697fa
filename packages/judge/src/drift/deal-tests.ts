import { quantile, seededRandom } from '@pointsman/statistics';
import type { AnchorScores } from './anchor-scores.ts';
import { dealPValues } from './deal-p-values.ts';
import { agreementChange, type DriftFigure, type DriftTestName, itemSurprise, meanShift } from './drift-figures.ts';
import type { MadeTest } from './drift-verdict.ts';
import { observedMeans, reshuffler } from './rescored-samples.ts';

export type DealTests = {
  tests: MadeTest[];
  untested: { test: DriftTestName; why: string }[];
  overallP: number;
};

/** Fewer give a rank correlation that says nothing. */
const LEAST_RATED = 20;

/**
 * The tests that need nothing but the samples: each figure against what it would be, had the same samples been dealt to
 * before and now at random. Exact for any distribution of scores (Fisher's randomisation test).
 */
export function dealTests(
  anchors: readonly AnchorScores[],
  { seed, deals }: { seed: number | string; deals: number },
): DealTests {
  const figures: { test: DriftTestName; figure: DriftFigure; lacks: string | undefined }[] = [
    { test: 'mean-shift', figure: meanShift, lacks: undefined },
    { test: 'item-surprise', figure: itemSurprise, lacks: lackingSamples(anchors) },
    { test: 'agreement', figure: agreementChange(anchors.map(({ human }) => human)), lacks: lackingRatings(anchors) },
  ];
  const possible = figures.filter(({ lacks }) => lacks === undefined);
  const random = seededRandom(seed);
  const reshuffle = reshuffler(anchors);
  const means = [observedMeans(anchors), ...Array.from({ length: deals }, () => reshuffle(random))];
  // A correlation that does not exist, as of scores all alike, has changed by nothing anyone could see.
  const dealt = means.map((mean) => possible.map(({ figure }) => figure(mean) ?? 0));
  // A judge that moves its scores less than chance would have it has not drifted.
  const tails = possible.map(({ test }) => (test === 'item-surprise' ? 'upper' : 'both'));
  const { p, overall } = dealPValues(dealt, tails);
  return {
    tests: possible.map(({ test }, index) => {
      const values = dealt.map((deal) => deal[index] ?? 0);
      const unchanged = { low: quantile(values, 0.025), high: quantile(values, 0.975) };
      return { test, observed: values[0] ?? 0, unchanged, p: p[index] ?? 1 };
    }),
    untested: figures.flatMap(({ test, lacks }) => (lacks === undefined ? [] : [{ test, why: lacks }])),
    overallP: overall,
  };
}

function lackingSamples(anchors: readonly AnchorScores[]): string | undefined {
  const isEnough = anchors.some(({ pinned, tonight }) => pinned.length + tonight.length > 2);
  return isEnough
    ? undefined
    : 'one sample before and one now do not tell change from chance: pin with several samples';
}

function lackingRatings(anchors: readonly AnchorScores[]): string | undefined {
  const rated = anchors.filter(({ human }) => human !== undefined).length;
  return rated < LEAST_RATED ? `${rated} anchors were rated by people; at least ${LEAST_RATED} are needed` : undefined;
}
