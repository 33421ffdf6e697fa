import { describe, expect, it } from 'vitest';
import { mean, meanInterval, normalQuantile, type Random, seededRandom } from '../index.ts';
import { type PpiMeanInput, ppiMean } from './ppi-mean.ts';

function estimateOf(input: PpiMeanInput) {
  const result = ppiMean(input);
  if ('tooFew' in result) throw new Error(`too few: ${result.n}`);
  return result;
}

const normal = (random: Random) => normalQuantile(random() || 0.5);
const onScale = (value: number) => Math.min(5, Math.max(1, Math.round(value)));

/** Three people's mean rating from 1 to 5 and a judge who is generous and follows them at about 0.6. */
function ratedRow(random: Random, quality = normal(random)) {
  const truth = mean([0, 1, 2].map(() => onScale(3 + quality + 0.6 * normal(random))));
  return { truth, predicted: onScale(3.6 + 0.8 * quality + 0.8 * normal(random)) };
}

const TRUTH = (() => {
  const random = seededRandom('truth');
  return mean(Array.from({ length: 200_000 }, () => ratedRow(random).truth));
})();

function coverage(trials: number, draw: (trial: number) => PpiMeanInput): { covered: number; width: number } {
  let [covered, width] = [0, 0];
  for (let trial = 0; trial < trials; trial++) {
    const { low, high } = estimateOf(draw(trial));
    if (low <= TRUTH && TRUTH <= high) covered++;
    width += high - low;
  }
  return { covered: covered / trials, width: width / trials };
}

function ungrouped(seed: string, n: number): () => PpiMeanInput {
  const random = seededRandom(seed);
  return () => ({
    labelled: Array.from({ length: n }, () => ratedRow(random)),
    unlabelled: Array.from({ length: 300 }, () => ratedRow(random)),
  });
}

/** Documents of 6 rows alike; of every second one two rows are labelled. */
function grouped(seed: string): () => Required<Pick<PpiMeanInput, 'labelled' | 'unlabelled'>> {
  const random = seededRandom(seed);
  return () => {
    const documents = Array.from({ length: 60 }, (_, group) => {
      const shared = normal(random);
      return Array.from({ length: 6 }, () => ({
        ...ratedRow(random, Math.sqrt(0.5) * (shared + normal(random))),
        group: String(group),
      }));
    });
    return {
      labelled: documents.flatMap((rows, at) => (at % 2 === 0 ? rows.slice(0, 2) : [])),
      unlabelled: documents.flatMap((rows, at) => (at % 2 === 0 ? rows.slice(2) : rows)),
    };
  };
}

describe('ppiMean', () => {
  it.each([20, 50])('covers the truth in 93 to 97 % of samples of %i labels, and is tighter than they alone', (n) => {
    const tuned = coverage(1500, ungrouped(`ppi ${n}`, n));
    const draw = ungrouped(`ppi ${n}`, n);
    const alone = coverage(1500, () => ({ ...draw(), lambda: 0 }));
    expect(tuned.covered).toBeGreaterThanOrEqual(0.93);
    expect(tuned.covered).toBeLessThanOrEqual(0.97);
    expect(tuned.width).toBeLessThan(0.9 * alone.width);
  });

  it('covers the truth in 93 to 97 % of samples whose rows come in groups, which counting rows does not', () => {
    const honest = coverage(600, grouped('grouped'));
    const draw = grouped('grouped');
    const withoutGroup = ({ truth, predicted }: { truth: number; predicted: number }) => ({ truth, predicted });
    const naive = coverage(600, () => ({
      labelled: draw().labelled.map(withoutGroup),
      unlabelled: [],
      lambda: 0,
    }));
    expect(honest.covered).toBeGreaterThanOrEqual(0.93);
    expect(honest.covered).toBeLessThanOrEqual(0.97);
    expect(naive.covered).toBeLessThan(0.93);
  });

  it('is unbiased whatever the judge says, a judge of no use or an opposed one costs little', () => {
    const draw = ungrouped('useless', 60);
    const random = seededRandom('noise');
    for (const predict of [() => onScale(3 + normal(random)), () => 4, (truth: number) => 6 - truth]) {
      const estimates = Array.from({ length: 300 }, () => {
        const { labelled, unlabelled } = draw();
        return estimateOf({
          labelled: labelled.map(({ truth }) => ({ truth, predicted: predict(truth) })),
          unlabelled: unlabelled.map(() => ({ predicted: predict(3) })),
        });
      });
      expect(Math.abs(mean(estimates.map(({ estimate }) => estimate)) - TRUTH)).toBeLessThan(0.03);
      expect(mean(estimates.map(({ lambda }) => lambda))).toBeLessThan(0.2);
    }
  });

  it('is the t interval of the labels without predictions', () => {
    const { labelled } = ungrouped('alone', 40)();
    const expected = meanInterval(labelled.map(({ truth }) => truth));
    for (const errors of ['plug-in', 'leave-one-out'] as const) {
      const actual = estimateOf({ labelled, unlabelled: [], errors });
      expect(actual).toMatchObject({ n: 40, lambda: 0, unlabelledN: 0 });
      for (const key of ['estimate', 'low', 'high'] as const)
        expect(actual[key]).toBeCloseTo('low' in expected ? expected[key] : Number.NaN, 12);
    }
  });

  it('follows the predictions that are exact', () => {
    const labelled = Array.from({ length: 30 }, (_, index) => ({ truth: index % 5, predicted: 1 + (index % 5) }));
    const unlabelled = Array.from({ length: 3000 }, (_, index) => ({ predicted: 1 + (index % 2) }));
    const { estimate, lambda, standardError } = estimateOf({ labelled, unlabelled, lambda: 1 });
    expect(estimate).toBeCloseTo(0.5, 12);
    expect(lambda).toBe(1);
    expect(standardError).toBeCloseTo(0.5 / Math.sqrt(2999), 6);
  });

  it('counts copies within a group as no more evidence', () => {
    const { labelled, unlabelled } = ungrouped('copies', 50)();
    const named = <T extends object>(rows: readonly T[], side: string) =>
      rows.map((row, index) => ({ ...row, group: `${side} ${index}` }));
    const once = { labelled: named(labelled, 'labelled'), unlabelled: named(unlabelled, 'other') };
    const thrice = { labelled: Array.from({ length: 3 }, () => once.labelled).flat(), unlabelled: once.unlabelled };
    // Lambda follows the share of labelled rows, so that it is given here.
    const [of1, of3] = [estimateOf({ ...once, lambda: 0.5 }), estimateOf({ ...thrice, lambda: 0.5 })];
    expect(of3.n).toBe(50);
    expect(of3.standardError).toBeCloseTo(of1.standardError, 12);
    // A group of its own for each row is no group.
    expect(estimateOf(once).standardError).toBeCloseTo(estimateOf({ labelled, unlabelled }).standardError, 12);
  });

  it('says too few below 20 labelled units and refuses what it cannot use', () => {
    const draw = ungrouped('few', 19)();
    expect(ppiMean(draw)).toEqual({ tooFew: true, n: 19 });
    expect(estimateOf({ ...draw, fewest: 19 }).n).toBe(19);
    expect(ppiMean({ labelled: [], unlabelled: [], fewest: 0 })).toEqual({ tooFew: true, n: 0 });
    const [row = { truth: 1, predicted: 1 }] = draw.labelled;
    const group = Array.from({ length: 40 }, () => ({ ...row, group: 'one' }));
    expect(ppiMean({ labelled: group, unlabelled: draw.unlabelled })).toEqual({ tooFew: true, n: 1 });
    expect(() => ppiMean({ ...draw, lambda: 1.1 })).toThrow(RangeError);
    expect(() => ppiMean({ ...draw, confidence: 1 })).toThrow(RangeError);
    expect(() => ppiMean({ ...draw, unlabelled: [{ predicted: Number.NaN }] })).toThrow(RangeError);
    expect(() => ppiMean({ ...draw, labelled: [{ truth: Number.NaN, predicted: 1 }] })).toThrow(RangeError);
  });
});
