import { describe, expect, it } from 'vitest';
import { normalQuantile, seededRandom } from '../index.ts';
import { updateWaldSprt, type WaldSprtState, waldSprt } from './wald-sprt.ts';

const shares = { kind: 'bernoulli', nullShare: 0.1, alternativeShare: 0.3, alpha: 0.02, beta: 0.03 } as const;
const means = {
  kind: 'normal',
  nullMean: 0,
  alternativeMean: 0.5,
  standardDeviation: 1,
  alpha: 0.05,
  beta: 0.1,
} as const;

describe('waldSprt', () => {
  it('decides on the lines that Wald draws for a lot of goods', () => {
    // Wald, Sequential Analysis (1947), 5.3: with d defects of n, accept at d <= -2.58 + 0.186 n, reject at d >= 2.87 + 0.186 n.
    const after = (values: number[]) => waldSprt(values, shares).at(-1)?.decision;
    const zeros = (n: number) => Array.from({ length: n }, () => 0);
    expect([after(zeros(13)), after(zeros(14))]).toEqual(['continue', 'accept-null']);
    expect([after([1, 1, 1]), after([1, 1, 1, 1])]).toEqual(['continue', 'accept-alternative']);
    expect([after([1, ...zeros(18)]), after([1, ...zeros(19)])]).toEqual(['continue', 'accept-null']);
  });

  it('stays with its decision and the number of values that it took', () => {
    const states = waldSprt([1, 1, 1, 1, 0, 0, 0, 0], shares);
    expect(states.at(-1)).toEqual(states[3]);
    expect(states.at(-1)).toMatchObject({ n: 4, decision: 'accept-alternative' });
  });

  it.each([
    ['null', 0, 'accept-alternative', 0.05],
    ['alternative', 0.5, 'accept-null', 0.1],
  ] as const)(
    'is wrong under the %s no more often than asked, and sooner than a fixed sample',
    (_, truth, wrong, rate) => {
      const random = seededRandom(`wald ${truth}`);
      let [mistaken, taken] = [0, 0];
      const trials = 2000;
      for (let trial = 0; trial < trials; trial++) {
        let state: WaldSprtState | undefined;
        while (state?.decision === undefined || state.decision === 'continue')
          state = updateWaldSprt(state, truth + normalQuantile(random() || 0.5), means);
        if (state.decision === wrong) mistaken++;
        taken += state.n;
      }
      expect(mistaken / trials).toBeLessThan(rate);
      expect(mistaken / trials).toBeGreaterThan(rate / 3);
      // A z test with these error rates takes ((z(0.95) + z(0.9)) / 0.5)^2 = 34.
      expect(taken / trials).toBeLessThan(25);
    },
  );

  it('refuses what it cannot use', () => {
    expect(() => waldSprt([0.5], shares)).toThrow(RangeError);
    expect(() => waldSprt([1], { ...shares, alternativeShare: 0.1 })).toThrow(RangeError);
    expect(() => waldSprt([1], { ...shares, nullShare: 0 })).toThrow(RangeError);
    expect(() => waldSprt([1], { ...shares, alpha: 0.5, beta: 0.5 })).toThrow(RangeError);
    expect(() => waldSprt([1], { ...shares, beta: 0 })).toThrow(RangeError);
    expect(() => waldSprt([1], { ...means, standardDeviation: 0 })).toThrow(RangeError);
    expect(() => waldSprt([1], { ...means, alternativeMean: 0 })).toThrow(RangeError);
    expect(() => waldSprt([Number.NaN], means)).toThrow(RangeError);
  });
});
