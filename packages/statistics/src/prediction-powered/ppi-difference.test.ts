import { describe, expect, it } from 'vitest';
import { normalQuantile, seededRandom } from '../index.ts';
import { ppiDifference, type ScoredCase } from './ppi-difference.ts';
import { ppiMean } from './ppi-mean.ts';

/** Scores of one system on 120 cases; the first `labelled` of them have a truth. */
function scores(seed: string, better: number, labelled: number): ScoredCase[] {
  const [random, cases] = [seededRandom(seed), seededRandom('cases')];
  return Array.from({ length: 120 }, (_, index) => {
    const truth = 3 + better + normalQuantile(cases()) + 0.5 * normalQuantile(random());
    return {
      case: `case ${index}`,
      predicted: truth + 0.5 + 0.5 * normalQuantile(random()),
      group: `group ${index % 60}`,
      ...(index < labelled ? { truth } : {}),
    };
  });
}

describe('ppiDifference', () => {
  const [before, after] = [scores('before', 0, 40), scores('after', 0.4, 50)];

  it('is the mean of differences case by case', () => {
    const differences = before.map((from, index) => {
      const to = after[index] ?? from;
      return {
        predicted: to.predicted - from.predicted,
        truth: (to.truth ?? Number.NaN) - (from.truth ?? Number.NaN),
        group: from.group,
      };
    });
    const { labelled = [], unlabelled = [] } = Object.groupBy(differences, ({ truth }) =>
      Number.isNaN(truth) ? 'unlabelled' : 'labelled',
    );
    const expected = ppiMean({ labelled, unlabelled });
    expect(ppiDifference({ before, after })).toEqual({ ...expected, unpaired: 0 });
    expect(expected).toMatchObject({ n: 40, unlabelledN: 80 });
    expect('low' in expected && expected.low < 0.4 && 0.4 < expected.high && expected.low > 0).toBe(true);
  });

  it('pairs by case in whatever order, and says which cases have no counterpart', () => {
    const shuffled = [...after].reverse();
    expect(ppiDifference({ before, after: shuffled })).toEqual(ppiDifference({ before, after }));
    const result = ppiDifference({ before: before.slice(5), after: after.slice(0, 110) });
    expect(result).toMatchObject({ n: 35, unpaired: 15, unlabelledN: 70 });
  });

  it('takes a case with one truth as predicted only', () => {
    const halfLabelled = after.map(({ truth, ...rest }, index) => (index < 10 ? rest : { ...rest, truth }));
    expect(ppiDifference({ before, after: halfLabelled })).toMatchObject({ n: 30, unlabelledN: 90 });
  });

  it('turns its sign with its sides', () => {
    const [there, back] = [ppiDifference({ before, after }), ppiDifference({ before: after, after: before })];
    expect('estimate' in there && 'estimate' in back && there.estimate + back.estimate).toBeCloseTo(0, 12);
  });

  it('says too few where too few cases are labelled on both sides, and refuses a case that occurs twice', () => {
    expect(ppiDifference({ before: before.slice(30), after })).toEqual({ tooFew: true, n: 10, unpaired: 30 });
    expect(() => ppiDifference({ before: [...before, ...before.slice(0, 1)], after })).toThrow(RangeError);
  });
});
