/**
 * The standard normal distribution function.
 *
 * Absolute error below 1e-15, relative error in the lower tail below 1e-10 down to z = -37; 0 and 1 beyond. NaN stays NaN.
 * Hart's rational approximation as given by G. West, "Better approximations to cumulative normal functions" (2005), and
 * Laplace's continued fraction in the tails.
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  const lower = lowerTail(Math.abs(z));
  return z > 0 ? 1 - lower : lower;
}

/** P(Z <= -x) for x >= 0. */
function lowerTail(x: number): number {
  if (x > LAST) return 0;
  const density = Math.exp((-x * x) / 2);
  if (x < RATIONAL_UNTIL) return (density * polynomial(NUMERATOR, x)) / polynomial(DENOMINATOR, x);
  let fraction = x;
  for (let term = FRACTION_TERMS; term > 0; term--) fraction = x + term / fraction;
  return density / (fraction * Math.sqrt(2 * Math.PI));
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

const LAST = 37;
const RATIONAL_UNTIL = 5;
/** Of Laplace's continued fraction; enough for full precision from `RATIONAL_UNTIL` on. */
const FRACTION_TERMS = 80;
const NUMERATOR = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871, 221.213596169931,
  220.206867912376,
];
const DENOMINATOR = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674, 637.333633378831,
  793.826512519948, 440.413735824752,
];
