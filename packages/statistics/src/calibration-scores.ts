import { mean } from './mean.ts';

/**
 * Brier's score (1950): the mean squared difference between predicted probability and outcome. 0 is perfect, 0.25 is what
 * always saying 0.5 gets, 1 is always sure and wrong; undefined for no predictions.
 *
 * @throws RangeError when the lengths differ or a probability is not in [0, 1].
 */
export function brierScore(probabilities: readonly number[], outcomes: readonly boolean[]): number | undefined {
  checkPredictions(probabilities, outcomes);
  if (probabilities.length === 0) return undefined;
  return mean(probabilities.map((probability, index) => (probability - (outcomes[index] === true ? 1 : 0)) ** 2));
}

/**
 * Expected calibration error over bins of equal width (Naeini et al. 2015): the mean distance, by share of predictions,
 * between a bin's mean probability and its frequency. In [0, 1], 0 is perfect; undefined for no predictions. Biased
 * upwards for few predictions per bin: compare only equal `n` and `bins`.
 *
 * @throws RangeError when the lengths differ, a probability is not in [0, 1] or `bins` is not a whole number above 0.
 */
export function expectedCalibrationError(
  probabilities: readonly number[],
  outcomes: readonly boolean[],
  bins = 10,
): number | undefined {
  checkPredictions(probabilities, outcomes);
  if (!Number.isInteger(bins) || bins < 1) throw new RangeError(`Bins are a whole number above 0, got ${bins}`);
  if (probabilities.length === 0) return undefined;
  // Within a bin, mean probability minus frequency, times its share, is the sum of the differences over n.
  const excess = Array.from({ length: bins }, () => 0);
  for (const [index, probability] of probabilities.entries()) {
    const bin = Math.min(Math.floor(probability * bins), bins - 1);
    excess[bin] = (excess[bin] ?? 0) + probability - (outcomes[index] === true ? 1 : 0);
  }
  return excess.reduce((sum, difference) => sum + Math.abs(difference), 0) / probabilities.length;
}

function checkPredictions(probabilities: readonly number[], outcomes: readonly boolean[]): void {
  if (probabilities.length !== outcomes.length) {
    throw new RangeError(`Pairs need equal lengths, got ${probabilities.length} and ${outcomes.length}`);
  }
  const wrong = probabilities.find((probability) => !(probability >= 0 && probability <= 1));
  if (wrong !== undefined) throw new RangeError(`A probability lies between 0 and 1, got ${wrong}`);
}
