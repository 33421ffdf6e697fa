import { lookUp } from '../forward.ts';
import { at, type Matrix, rowOf, zeros } from '../mathematics/matrix.ts';
import type { TokenHead } from '../parameters.ts';
import type { Cells } from './cells.ts';
import { type DomainSums, sumByDomain } from './fit-abilities.ts';
import { fitTokenTable } from './fit-domain-table.ts';
import { fitLinearResiduals, residualOf } from './fit-residuals.ts';

export type TokenInputs = {
  phi: Matrix;
  /** `ln(1 + tokens)` where counted. */
  cells: Cells;
  domainOf: ArrayLike<number>;
  domains: number;
  /** Out-of-fold domain probabilities per row. */
  probabilities: Matrix;
};

/** Used when no reply's length was ever counted: ln(1 + 400), a few paragraphs. */
const TYPICAL_LOG_TOKENS = Math.log(401);
const ROUNDS = 20;
const PRIOR_WORTH = 5;
/** Runaway replies (a model looping to its limit) must not stretch everyone's expectation. */
const LARGEST_SMEARING = 4;

/** Fits the expected length of replies: table of logarithms, ridge residual, smearing, clipped to what was seen. */
export function fitTokenHead({ phi, cells, domainOf, domains, probabilities }: TokenInputs): TokenHead {
  const sums = sumByDomain(cells, domainOf, domains);
  const table = fitTokenTable(sums, additiveExpectation(sums));
  const bases = new Map<number, Float64Array>();
  const baseOf = (row: number): Float64Array => {
    const known = bases.get(row) ?? lookUp(table, rowOf(probabilities, row)).mean;
    bases.set(row, known);
    return known;
  };
  const residual = fitLinearResiduals(phi, cells, baseOf);
  const models = cells.byModel.length;
  const head = {
    table,
    residual,
    smearing: new Float64Array(models).fill(1.3),
    lowest: new Float64Array(models).fill(1),
    highest: new Float64Array(models).fill(8_000),
  };
  cells.byModel.forEach(({ rows, values }, m) => {
    if (rows.length === 0) return;
    const errors = values.map((value, n) => {
      const row = at(rows, n);
      return value - at(baseOf(row), m) - residualOf(rowOf(phi, row), residual, m);
    });
    const smearing = errors.reduce((sum, error) => sum + Math.exp(error), 0) / errors.length;
    head.smearing[m] = Math.min(smearing, LARGEST_SMEARING);
    const tokens = values.map((value) => Math.expm1(value)).sort();
    head.lowest[m] = Math.max(1, at(tokens, Math.floor(0.01 * (tokens.length - 1))));
    head.highest[m] = Math.max(1, at(tokens, Math.ceil(0.99 * (tokens.length - 1))));
  });
  return head;
}

/** Overall mean + effect of the model + effect of the domain, effects drawn towards zero. */
function additiveExpectation({ sums, counts }: DomainSums): Matrix {
  const { rows: domains, columns: models } = counts;
  const total = counts.data.reduce((a, b) => a + b, 0);
  const overall = total === 0 ? TYPICAL_LOG_TOKENS : sums.data.reduce((a, b) => a + b, 0) / total;
  const modelEffect = new Float64Array(models);
  const domainEffect = new Float64Array(domains);
  const refit = (effect: Float64Array, cellOf: (own: number, other: number) => number, other: Float64Array): void => {
    effect.forEach((_, own) => {
      let sum = 0;
      let count = 0;
      other.forEach((shift, o) => {
        const cell = cellOf(own, o);
        const n = counts.data[cell] ?? 0;
        sum += (sums.data[cell] ?? 0) - n * (overall + shift);
        count += n;
      });
      effect[own] = sum / (count + PRIOR_WORTH);
    });
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    refit(modelEffect, (m, d) => d * models + m, domainEffect);
    refit(domainEffect, (d, m) => d * models + m, modelEffect);
  }
  const expected = zeros(domains, models);
  for (let d = 0; d < domains; d += 1)
    for (let m = 0; m < models; m += 1)
      expected.data[d * models + m] = overall + at(modelEffect, m) + at(domainEffect, d);
  return expected;
}
