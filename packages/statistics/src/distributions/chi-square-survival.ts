import { normalCdf } from './normal-cdf.ts';

/**
 * P(X > statistic) of a chi-square X with whole `degrees` of freedom, by its finite series (Abramowitz and Stegun 26.4.4
 * and 26.4.5). Relative error about degrees x 1e-15.
 *
 * @throws RangeError unless statistic >= 0 and degrees is a whole number of 1 or more.
 */
export function chiSquareSurvival(statistic: number, degrees: number): number {
  if (!(statistic >= 0)) throw new RangeError(`A chi-square statistic is at least 0, got ${statistic}`);
  if (!Number.isInteger(degrees) || degrees < 1)
    throw new RangeError(`Degrees of freedom are whole and above 0, got ${degrees}`);
  if (statistic === 0) return 1;
  if (statistic === Number.POSITIVE_INFINITY) return 0;
  const half = statistic / 2;
  const isOdd = degrees % 2 === 1;
  let survival = isOdd ? 2 * normalCdf(-Math.sqrt(statistic)) : Math.exp(-half);
  // half^a exp(-half) / Gamma(a + 1) for a = 1/2, 3/2, ... or 1, 2, ...: in logarithms, for the first may be too small.
  let logTerm = isOdd ? -half - Math.log(Math.sqrt(Math.PI * half)) : -half;
  for (let a = isOdd ? 0.5 : 1; a < degrees / 2; a++) {
    logTerm += Math.log(half / a);
    survival += Math.exp(logTerm);
  }
  return Math.min(1, survival);
}
