import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bettingPValue,
  binomialTail,
  confidenceSequence,
  fixedSequenceTest,
  hoeffdingBentkusPValue,
  hoeffdingPValue,
  type Interval,
  meanLowerBound,
  type Random,
  seededRandom,
} from './index.ts';

const UNIT = { low: 0, high: 1 };
const sample = (n: number, draw: () => number) => Array.from({ length: n }, draw);

/** Values whose mean is the bar exactly, where a test at 5 % may reject in at most 5 % of samples. */
const AT_THE_BAR: [string, { bar: number; low: number; high: number }, (random: Random) => number][] = [
  ['fair coins', { ...UNIT, bar: 0.5 }, (random) => (random() < 0.5 ? 1 : 0)],
  ['rare losses', { ...UNIT, bar: 0.95 }, (random) => (random() < 0.05 ? 0 : 1)],
  ['rare gains', { ...UNIT, bar: 0.05 }, (random) => (random() < 0.05 ? 1 : 0)],
  ['uniform values', { ...UNIT, bar: 0.5 }, (random) => random()],
  [
    'a routed model that is 2 % worse than the strongest, less 98 % of it',
    { bar: 0, low: -0.98, high: 1 },
    (random) => {
      // Strongest right in 80 %, the other right in 78.4 %, mostly on the same requests.
      const draw = random();
      if (draw < 0.74) return 0.02;
      if (draw < 0.8) return -0.98;
      return draw < 0.844 ? 1 : 0;
    },
  ],
];

function rejections(trials: number, reject: () => boolean): number {
  let count = 0;
  for (let trial = 0; trial < trials; trial++) if (reject()) count++;
  return count / trials;
}
/** 5 % and three standard errors of a share in so many trials. */
const mostRejections = (trials: number) => 0.05 + 3 * Math.sqrt((0.05 * 0.95) / trials);

describe('p-values for the mean of bounded values', () => {
  const tests = {
    bettingPValue: (values: number[], options: (typeof AT_THE_BAR)[0][1]) =>
      bettingPValue(values, { ...options, level: 0.05 }),
    hoeffdingPValue,
    hoeffdingBentkusPValue,
  };

  describe.each(Object.entries(tests))('%s', (name, pValue) => {
    it.each(AT_THE_BAR)(
      'rejects a true hypothesis in no more than one sample in twenty: %s',
      (title, options, draw) => {
        const random = seededRandom(`${name} ${title}`);
        for (const n of [7, 40, 150]) {
          const share = rejections(
            2000,
            () =>
              pValue(
                sample(n, () => draw(random)),
                options,
              ) <= 0.05,
          );
          expect(share).toBeLessThanOrEqual(mostRejections(2000));
        }
      },
    );

    it('is 1 for no values, and refuses values outside the range or a bar that nothing can exceed', () => {
      expect(pValue([], { ...UNIT, bar: 0.5 })).toBe(1);
      expect(() => pValue([0.5, 1.1], { ...UNIT, bar: 0.5 })).toThrow('Values lie in [0, 1], got 1.1');
      expect(() => pValue([Number.NaN], { ...UNIT, bar: 0.5 })).toThrow(RangeError);
      expect(() => pValue([0.5], { ...UNIT, bar: 1 })).toThrow(RangeError);
      expect(() => pValue([0.5], { low: 1, high: 1, bar: 1 })).toThrow(RangeError);
    });

    it('is a probability, the same on any scale', () => {
      const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });
      fc.assert(
        fc.property(values, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (unit, bar) => {
          const p = pValue(unit, { ...UNIT, bar });
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(1);
          const moved = unit.map((value) => 4 * value - 3);
          expect(pValue(moved, { low: -3, high: 1, bar: 4 * bar - 3 })).toBeCloseTo(p, 6);
        }),
      );
    });
  });

  it('are exact for one value at the top and for n values without loss', () => {
    // P(x = 1) <= bar, and a product of n such.
    expect(bettingPValue([1], { ...UNIT, bar: 0.3, level: 0.05 })).toBeCloseTo(0.3, 12);
    const flawless = sample(59, () => 1);
    expect(hoeffdingPValue(flawless, { ...UNIT, bar: 0.95 })).toBeCloseTo(0.95 ** 59, 12);
    expect(hoeffdingBentkusPValue(flawless, { ...UNIT, bar: 0.95 })).toBeCloseTo(0.95 ** 59, 12);
  });

  it("give Hoeffding's bound and Bentkus' by their formulas", () => {
    // 30 of 40 at bar 0.6: KL(0.75, 0.6) = 0.75 ln(1.25) + 0.25 ln(0.625).
    const values = sample(40, () => 0).fill(1, 0, 30);
    const divergence = 0.75 * Math.log(1.25) + 0.25 * Math.log(0.625);
    expect(hoeffdingPValue(values, { ...UNIT, bar: 0.6 })).toBeCloseTo(Math.exp(-40 * divergence), 12);
    // 1 loss of 60 expected at least 3: e x P(Bin(60, 0.05) <= 1) = 0.52 is above Hoeffding's, 3 of 20 at 1/2 is below it.
    const skewed = sample(20, () => 1).fill(0, 0, 3);
    expect(hoeffdingBentkusPValue(skewed, { ...UNIT, bar: 0.5 })).toBeCloseTo(Math.E * (1351 / 2 ** 20), 12);
    expect(hoeffdingPValue(skewed, { ...UNIT, bar: 0.5 })).toBeGreaterThan(Math.E * (1351 / 2 ** 20));
  });

  it('never reject at the level when the mean is at the bar for certain', () => {
    expect(
      bettingPValue(
        sample(500, () => 0.5),
        { ...UNIT, bar: 0.5, level: 0.05 },
      ),
    ).toBe(1);
  });

  it('need far fewer values by betting than by bounds blind to the variance', () => {
    const [, options] = AT_THE_BAR[4] ?? [];
    if (options === undefined) throw new Error('no such case');
    const random = seededRandom('power');
    // As good as the strongest, wrong elsewhere in 4 %: a z test on 1,000 pairs rejects in 82 %.
    const draw = () => {
      const u = random();
      if (u < 0.78) return 0.02;
      if (u < 0.8) return -0.98;
      return u < 0.82 ? 1 : 0;
    };
    const samples = sample(200, () => 0).map(() => sample(1000, draw));
    const power = (pValue: (values: number[]) => number) =>
      samples.filter((values) => pValue(values) <= 0.05).length / 200;
    expect(power((values) => bettingPValue(values, { ...options, level: 0.05 }))).toBeGreaterThan(0.65);
    expect(power((values) => hoeffdingBentkusPValue(values, options))).toBeLessThan(0.2);
  });
});

describe('binomialTail', () => {
  // Summed in exact fractions.
  it.each([
    [1, 20, 0.1, 0.3917469981251677],
    [10, 100, 0.2, 0.005696380955793505],
    [2, 300, 0.02, 0.060183697890570084],
    [0, 59, 0.05, 0.95 ** 59],
    [9, 10, 0.5, 1023 / 1024],
    [10, 10, 0.5, 1],
  ])('is P(X <= %i) of %i draws with share %f', (successes, n, share, expected) => {
    expect(Math.abs(binomialTail(successes, n, share) / expected - 1)).toBeLessThan(1e-9);
  });

  it('does not underflow where its first term does', () => {
    // Nearly symmetric around 50,000: a half and half of the middle term, 1 / sqrt(2 pi n / 4).
    expect(binomialTail(50_000, 100_000, 0.5)).toBeCloseTo(0.5 + 0.5 / Math.sqrt((Math.PI * 100_000) / 2), 6);
  });

  it('is 1 and 0 for shares of 0 and 1 and refuses impossible counts', () => {
    expect(binomialTail(0, 5, 0)).toBe(1);
    expect(binomialTail(4, 5, 1)).toBe(0);
    expect(() => binomialTail(6, 5, 0.5)).toThrow(RangeError);
    expect(() => binomialTail(1.5, 5, 0.5)).toThrow(RangeError);
    expect(() => binomialTail(1, 5, 1.1)).toThrow(RangeError);
  });
});

describe('fixedSequenceTest', () => {
  it('counts what is rejected before the first that is not', () => {
    expect(fixedSequenceTest([0.01, 0.05, 0.06, 0.001], 0.05)).toBe(2);
    expect(fixedSequenceTest([0.06], 0.05)).toBe(0);
    expect(fixedSequenceTest([Number.NaN, 0.01], 0.05)).toBe(0);
    expect(fixedSequenceTest([], 0.05)).toBe(0);
    expect(() => fixedSequenceTest([], 0)).toThrow(RangeError);
  });

  it('asks for no p-value behind the first failure', () => {
    function* pValues() {
      yield 0.01;
      yield 0.5;
      throw new Error('asked for more');
    }
    expect(fixedSequenceTest(pValues(), 0.05)).toBe(1);
  });
});

describe('meanLowerBound', () => {
  it('is above the mean in at most 5 % of samples, and near it', () => {
    const random = seededRandom('lower bound');
    const bounds = sample(250, () => 0).map(() => meanLowerBound(sample(60, random), UNIT));
    expect(bounds.filter((bound) => bound > 0.5).length / bounds.length).toBeLessThanOrEqual(mostRejections(250));
    // The t bound of 60 uniform values is 0.062 below their mean.
    expect(bounds.reduce((sum, bound) => sum + bound, 0) / bounds.length).toBeGreaterThan(0.41);
  });

  it('is low without values, keeps the scale and grows with the evidence', () => {
    expect(meanLowerBound([], { low: -2, high: 3 })).toBe(-2);
    const values = sample(30, () => 0).map((_, index) => 0.6 + 0.01 * (index % 7));
    const [few, many] = [values.slice(0, 10), values].map((some) => meanLowerBound(some, UNIT));
    expect(many).toBeGreaterThan(few ?? 1);
    expect(
      meanLowerBound(
        values.map((value) => 10 * value),
        { low: 0, high: 10 },
      ),
    ).toBeCloseTo(10 * (many ?? 0), 9);
    expect(meanLowerBound(values, { ...UNIT, confidence: 0.999 })).toBeLessThan(many ?? 0);
  });
});

describe('confidenceSequence', () => {
  const ends = (interval: Interval): [number, number] => {
    if ('tooFew' in interval) throw new Error('too few');
    return [interval.low, interval.high];
  };

  it('says after ten values at the top what the formula says', () => {
    // Every bet is half of what could ruin: (1 + (1 - m) / (2 m)) ** 10 = 2 / 0.05.
    const [low, high] = ends(
      confidenceSequence(
        sample(10, () => 1),
        UNIT,
      ),
    );
    expect(low).toBeCloseTo(0.5 / (40 ** 0.1 - 0.5), 9);
    expect(high).toBe(1);
    expect(confidenceSequence([], UNIT)).toEqual({ tooFew: true, n: 0 });
  });

  it.each(AT_THE_BAR)(
    'misses the mean at any time in no more than one stream in twenty: %s',
    (title, options, draw) => {
      const random = seededRandom(`sequence ${title}`);
      const missed = rejections(1000, () => {
        const values = sample(40, () => draw(random));
        return [1, 3, 10, 20, 40].some((time) => {
          const [low, high] = ends(confidenceSequence(values.slice(0, time), options));
          return low > options.bar || options.bar > high;
        });
      });
      expect(missed).toBeLessThanOrEqual(mostRejections(1000));
    },
  );

  it('narrows with time, more for values that vary little, and is the same mirrored', () => {
    const random = seededRandom('narrow');
    const calm = sample(400, () => 0.45 + 0.1 * random());
    const wild = calm.map((value) => (value < 0.5 ? 0 : 1));
    const width = (values: number[]) => {
      const [low, high] = ends(confidenceSequence(values, UNIT));
      return high - low;
    };
    expect(width(calm)).toBeLessThan(width(calm.slice(0, 100)) / 2);
    expect(width(calm)).toBeLessThan(width(wild) / 3);
    const [low, high] = ends(confidenceSequence(calm, UNIT));
    const [mirroredLow, mirroredHigh] = ends(
      confidenceSequence(
        calm.map((value) => 1 - value),
        UNIT,
      ),
    );
    expect([1 - mirroredHigh, 1 - mirroredLow]).toEqual([expect.closeTo(low, 9), expect.closeTo(high, 9)]);
  });

  it('stays an interval when the mean moves', () => {
    const [low, high] = ends(confidenceSequence([...sample(300, () => 0.95), ...sample(3000, () => 0)], UNIT));
    expect(low).toBeLessThanOrEqual(high);
  });
});
