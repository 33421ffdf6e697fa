import { chiSquareQuantile, chiSquareSurvival } from '@pointsman/statistics';
import type { AnchorScores } from './anchor-scores.ts';
import { itemSurprise } from './drift-figures.ts';
import type { MadeTest } from './drift-verdict.ts';
import { observedMeans } from './rescored-samples.ts';

/**
 * Item surprise against a noise known from elsewhere, for anchors with one sample before and one now: their differences
 * have twice a sample's variance, and about their mean a chi-square distribution with one degree of freedom fewer than
 * anchors. Only as good as `sampleSd`.
 *
 * @throws RangeError unless `sampleSd` is above 0.
 */
export function surpriseAgainstNoise(anchors: readonly AnchorScores[], sampleSd: number): MadeTest {
  if (!(sampleSd > 0)) throw new RangeError(`A sample's standard deviation is above 0, got ${sampleSd}`);
  const observed = itemSurprise(observedMeans(anchors)) ?? 0;
  const degrees = anchors.length - 1;
  const unit = (2 * sampleSd ** 2) / anchors.length;
  return {
    test: 'item-surprise',
    observed,
    unchanged: { low: unit * chiSquareQuantile(0.025, degrees), high: unit * chiSquareQuantile(0.975, degrees) },
    p: chiSquareSurvival(observed / unit, degrees),
  };
}
