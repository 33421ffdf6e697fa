import { describe, it } from 'vitest';
import { coverage, expectHonest, normal, sample } from '../test/simulate-coverage.ts';
import { meanInterval, pairedDifferenceInterval, proportionInterval, type Random } from './index.ts';

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
});
