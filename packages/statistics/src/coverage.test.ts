import { describe, expect, it } from 'vitest';
import {
  bootstrapInterval,
  type Interval,
  mean,
  meanInterval,
  normalQuantile,
  pairedDifferenceInterval,
  proportionInterval,
  type Random,
  seededRandom,
  standardErrorOfMean,
} from './index.ts';

const TRIALS = 1000;

/** The share of simulated samples whose interval contains the truth. */
function coverage(seed: string, truth: number, interval: (random: Random, trial: number) => Interval): number {
  const random = seededRandom(seed);
  let covered = 0;
  for (let trial = 0; trial < TRIALS; trial++) {
    const result = interval(random, trial);
    if (!('tooFew' in result) && result.low <= truth && truth <= result.high) covered++;
  }
  return covered / TRIALS;
}

function expectHonest(share: number): void {
  expect(share).toBeGreaterThanOrEqual(0.93);
  expect(share).toBeLessThanOrEqual(0.97);
}

const normal = (random: Random) => normalQuantile(random() || 0.5);
const exponential = (random: Random) => -Math.log(1 - random());
const sample = (n: number, draw: () => number) => Array.from({ length: n }, draw);

describe('a 95 % interval covers the truth in 93 to 97 % of samples', () => {
  it('for the mean of 8 normal values', () => {
    expectHonest(coverage('mean', 3, (random) => meanInterval(sample(8, () => 3 + normal(random)))));
  });

  it('for the difference of 12 pairs that share most of their variation', () => {
    const pairs = (random: Random) => {
      const before = sample(12, () => 5 * normal(random));
      return pairedDifferenceInterval(
        before,
        before.map((value) => value + 0.5 + normal(random)),
      );
    };
    expectHonest(coverage('paired', 0.5, pairs));
  });

  it.each([0.1, 0.3, 0.5, 0.95])('for a proportion of %f in 60', (share) => {
    const draw = (random: Random) => proportionInterval(sample(60, random).filter((value) => value < share).length, 60);
    expectHonest(coverage(`proportion ${share}`, share, draw));
  });

  it.each(['bca', 'percentile'] as const)('for the mean of 60 uniform values by the bootstrap (%s)', (method) => {
    const draw = (random: Random, seed: number) =>
      bootstrapInterval(sample(60, random), mean, { seed, method, resamples: 400 });
    expectHonest(coverage('bootstrap', 0.5, draw));
  });

  it('for a ratio of skewed sums over 150 paired rows by the bootstrap', () => {
    const ratio = (rows: readonly (readonly [number, number])[]) => {
      let [top, bottom] = [0, 0];
      for (const [cost, tokens] of rows) {
        top += cost;
        bottom += tokens;
      }
      return top / bottom;
    };
    const draw = (random: Random, seed: number) => {
      const rows = sample(150, () => exponential(random)).map((tokens) => [tokens * (1.5 + random()), tokens] as const);
      return bootstrapInterval(rows, ratio, { seed, resamples: 400 });
    };
    expectHonest(coverage('ratio', 2, draw));
  });

  it('for the mean of 40 exponential values by the bootstrap-t, where percentiles fall short', () => {
    const both = (method: 'percentile' | 'bootstrap-t') =>
      coverage('skewed', 1, (random, seed) => {
        const values = sample(40, () => exponential(random));
        const options = { seed, resamples: 400, standardError: standardErrorOfMean((value: number) => value) };
        return bootstrapInterval(values, mean, { ...options, method });
      });
    const studentised = both('bootstrap-t');
    expectHonest(studentised);
    expect(both('percentile')).toBeLessThan(studentised);
  });

  it.each(['percentile', 'bootstrap-t'] as const)(
    'for rows in 60 groups of one to six by the bootstrap (%s)',
    (method) => {
      type Row = { group: string; value: number };
      const draw = (random: Random, seed: number) => {
        const rows = sample(60, () => normal(random)).flatMap((shared, group): Row[] =>
          sample(1 + (group % 6), () => shared + normal(random)).map((value) => ({ group: String(group), value })),
        );
        const standardError = standardErrorOfMean((row: Row) => row.value);
        return bootstrapInterval(rows, (drawn) => mean(drawn.map(({ value }) => value)), {
          seed,
          method,
          standardError,
          resamples: 300,
          groupOf: ({ group }) => group,
        });
      };
      expectHonest(coverage('groups', 0, draw));
    },
  );
});
