import { describe, expect, it } from 'vitest';
import { type Matrix, zeros } from '../mathematics/matrix.ts';
import { fitAbilities } from './fit-abilities.ts';
import { fitScoreTable } from './fit-domain-table.ts';

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
    const { expected } = fitAbilities([{ sums, counts }]);
    expect(expected[0]?.data[1]).toBeCloseTo(0.9, 1);
    expect(expected[0]?.data[3]).toBeCloseTo(0.4, 1);
  });
});

describe('fitScoreTable', () => {
  it('draws rare cells to what was expected and leaves them uncertain', () => {
    const counts = matrix([[0, 10, 1_000]]);
    const sums = matrix([[0, 10, 1_000 * 0.9]]);
    const table = fitScoreTable({ sums, counts }, matrix([[0.5, 0.5, 0.5]]));
    expect([...table.mean.data].map((mean) => Number(mean.toFixed(3)))).toEqual([0.5, 0.75, 0.896]);
    const [unseen = 0, rare = 0, common = 0] = table.variance.data;
    expect(unseen).toBeGreaterThan(rare);
    expect(rare).toBeGreaterThan(common);
  });
});
