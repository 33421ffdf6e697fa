import type { MeasuredValue } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import {
  countText,
  differenceText,
  durationText,
  marginText,
  moneyText,
  pText,
  scoreText,
  shareText,
} from './interval-text.ts';

const value = (estimate: number, low: number, high: number): MeasuredValue => ({
  estimate,
  low,
  high,
  confidence: 0.95,
  n: 40,
});
const tooFew: MeasuredValue = { tooFew: true, n: 3 };

describe('the text of an interval', () => {
  it('gives a score with its interval', () => {
    expect(scoreText(value(0.8124, 0.79, 0.8341))).toBe('0.812 [0.790, 0.834]');
  });

  it('gives a difference in points, every number signed', () => {
    expect(differenceText(value(-0.0421, -0.0612, 0.0231))).toBe('−4.2 [−6.1, +2.3]');
  });

  it('has no negative zero', () => {
    expect(differenceText(value(-0.0001, -0.0004, 0.0004))).toBe('0.0 [0.0, 0.0]');
  });

  it('gives money below a dollar to three digits, above it to the cent', () => {
    expect(moneyText(value(4_018_765.4, 3_871_000.2, 4_170_499.9))).toBe('$0.00402 [$0.00387, $0.00417]');
    expect(moneyText(value(12_480_300_000, 0, 13e9))).toBe('$12.48 [$0, $13.00]');
    expect(moneyText(value(12, -40_000, 90_000))).toBe('$0.000000012 [−$0.00004, $0.00009]');
  });

  it('gives a duration in the unit that fits', () => {
    expect(durationText(value(840.4, 790, 1_240))).toBe('840 ms [790 ms, 1.24 s]');
  });

  it('gives a share in per cent', () => {
    expect(shareText(value(0.92, 0.881, 0.953))).toBe('92.0 % [88.1 %, 95.3 %]');
  });

  it('gives counts whole', () => {
    expect(countText(value(1312.4, 1298.2, 1327.5))).toBe('1,312 [1,298, 1,328]');
  });

  it.each([scoreText, differenceText, moneyText, durationText, countText, shareText])(
    'says when samples are too few',
    (text) => {
      expect(text(tooFew)).toBe('too few samples');
    },
  );

  it('never calls a p-value 0', () => {
    expect([pText(0.00004), pText(0.0341), pText(undefined)]).toEqual(['< 0.001', '0.034', '–']);
  });

  it('gives a margin without needless decimals', () => {
    expect([marginText(0.02), marginText(0.025)]).toEqual(['2', '2.5']);
  });
});
