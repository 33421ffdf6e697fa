import { describe, expect, it } from 'vitest';
import { coverage, expectHonest, exponential, normal, sample } from '../test/simulate-coverage.ts';
import { bootstrapInterval, mean, type Random, standardErrorOfMean } from './index.ts';

describe('a 95 % bootstrap interval covers the truth in 93 to 97 % of samples', () => {
  it.each(['bca', 'percentile'] as const)('for the mean of 60 uniform values by the bootstrap (%s)', (method) => {
    const draw = (random: Random, seed: number) =>
      bootstrapInterval(sample(60, random), mean, { seed, method, resamples: 300 });
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
      return bootstrapInterval(rows, ratio, { seed, resamples: 250 });
    };
    expectHonest(coverage('ratio', 2, draw));
  });

  it('for the mean of 40 exponential values by the bootstrap-t, where percentiles fall short', () => {
    const both = (method: 'percentile' | 'bootstrap-t') =>
      coverage('skewed', 1, (random, seed) => {
        const values = sample(40, () => exponential(random));
        const options = { seed, resamples: 300, standardError: standardErrorOfMean((value: number) => value) };
        return bootstrapInterval(values, mean, { ...options, method });
      });
    const studentised = both('bootstrap-t');
    expectHonest(studentised);
    expect(both('percentile')).toBeLessThan(studentised);
  });

  it.each(['percentile', 'bootstrap-t'] as const)(
    'for rows in 60 groups of one to three by the bootstrap (%s)',
    (method) => {
      type Row = { group: string; value: number };
      const draw = (random: Random, seed: number) => {
        const rows = sample(60, () => normal(random)).flatMap((shared, group): Row[] =>
          sample(1 + (group % 3), () => shared + normal(random)).map((value) => ({ group: String(group), value })),
        );
        const standardError = standardErrorOfMean((row: Row) => row.value);
        return bootstrapInterval(rows, (drawn) => mean(drawn.map(({ value }) => value)), {
          seed,
          method,
          standardError,
          resamples: 200,
          groupOf: ({ group }) => group,
        });
      };
      expectHonest(coverage('groups', 0, draw));
    },
  );
});
