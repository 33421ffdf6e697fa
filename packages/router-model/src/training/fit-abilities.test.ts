import { describe, expect, it } from 'vitest';
import { sigmoid } from '../mathematics/logistic.ts';
import { type Matrix, zeros } from '../mathematics/matrix.ts';
import { fitAbilities } from './fit-abilities.ts';

const matrix = (rows: number[][]): Matrix => {
  const result = zeros(rows.length, rows[0]?.length ?? 0);
  result.data.set(rows.flat());
  return result;
};

describe('fitAbilities', () => {
  it('predicts what a model would score where nobody tried it', () => {
    // Model 1 matches model 0 on the hard domain; on the easy one only model 0 was tried.
    const counts = matrix([
      [500, 0],
      [500, 500],
    ]);
    const sums = matrix([
      [450, 0],
      [200, 200],
    ]);
    const { ofModel, ease } = fitAbilities([{ sums, counts }]);
    const expected = (kind: number): number => sigmoid((ofModel[1] ?? 0) + (ease[0]?.[kind] ?? 0));
    expect(expected(0)).toBeCloseTo(0.9, 1);
    expect(expected(1)).toBeCloseTo(0.4, 1);
  });

  it('is surer of a model the more it was seen', () => {
    const { variance } = fitAbilities([{ sums: matrix([[5, 500]]), counts: matrix([[10, 1_000]]) }]);
    expect(variance[0]).toBeGreaterThan(10 * (variance[1] ?? 1));
  });
});
