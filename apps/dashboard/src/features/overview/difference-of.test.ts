import { describe, expect, it } from 'vitest';
import { differenceOf, growthOf } from './difference-of.ts';

const figure = (value: number, margin: number) => ({
  value,
  interval: { low: value - margin, high: value + margin },
  count: 100,
});

describe('the difference of two figures', () => {
  it('has an interval wider than either of theirs, by the root of the sum of squares', () => {
    const difference = differenceOf(figure(0.8, 0.03), figure(0.7, 0.04));
    expect(difference?.value).toBeCloseTo(0.1);
    expect(difference?.interval?.low).toBeCloseTo(0.05);
    expect(difference?.interval?.high).toBeCloseTo(0.15);
  });

  it('has no interval where one of them has none', () => {
    expect(differenceOf(figure(0.8, 0.03), { value: 0.7, count: 3 })?.interval).toBeUndefined();
  });

  it('is not known where one of them is not', () => {
    expect(differenceOf({ count: 0 }, figure(0.7, 0.1))).toBeUndefined();
  });
});

describe('growth', () => {
  it('is a share of what was there before, and nothing where there was nothing', () => {
    expect(growthOf(150, 100)).toBeCloseTo(0.5);
    expect(growthOf(10, 0)).toBeUndefined();
  });
});
