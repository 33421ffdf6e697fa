import { sigmoid } from '../../src/mathematics/logistic.ts';
import type { PoolRow } from '../data/pool.ts';
import type { RoutingMethod } from './routing-method.ts';

const NEWTON_STEPS = 20;
/** Keeps a model that always or never succeeds finite. */
const RIDGE = 1;

const logLength = ({ row }: PoolRow): number => Math.log1p(row.prompt.characters);

/** Per model a logistic regression on the logarithm of the prompt's length. */
export const promptLength: RoutingMethod = {
  name: 'prompt length',
  fit(train, { models }) {
    const lengths = train.map(logLength);
    const centre = lengths.reduce((a, b) => a + b, 0) / lengths.length;
    const lines = models.map((_, m) =>
      fitLine(
        lengths.map((length) => length - centre),
        train.map(({ quality }) => quality[m] ?? 0),
      ),
    );
    return (row) =>
      Float64Array.from(lines, ({ intercept, slope }) => sigmoid(intercept + slope * (logLength(row) - centre)));
  },
};

function fitLine(x: readonly number[], y: readonly number[]): { intercept: number; slope: number } {
  let intercept = 0;
  let slope = 0;
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    let [g0, g1, h00, h01, h11] = [-RIDGE * intercept, -RIDGE * slope, RIDGE, 0, RIDGE];
    x.forEach((value, n) => {
      const p = sigmoid(intercept + slope * value);
      const weight = p * (1 - p);
      g0 += (y[n] ?? 0) - p;
      g1 += ((y[n] ?? 0) - p) * value;
      h00 += weight;
      h01 += weight * value;
      h11 += weight * value * value;
    });
    const determinant = h00 * h11 - h01 * h01;
    intercept += (h11 * g0 - h01 * g1) / determinant;
    slope += (h00 * g1 - h01 * g0) / determinant;
  }
  return { intercept, slope };
}
