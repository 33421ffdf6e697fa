import { describe, expect, it } from 'vitest';
import { krippendorffAlpha } from './krippendorff-alpha.ts';

// Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: four observers, twelve units, missing data.
const OBSERVERS = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
  [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
];
const UNITS = Array.from({ length: 12 }, (_, unit) => OBSERVERS.map((ratings) => ratings[unit]));

describe('krippendorffAlpha', () => {
  it.each([
    ['nominal', 0.743],
    ['ordinal', 0.815],
    ['interval', 0.849],
  ] as const)('gives the published %s value', (level, published) => {
    expect(krippendorffAlpha(UNITS, level)).toBeCloseTo(published, 3);
  });

  it('is 1 for full agreement and below 0 for opposition', () => {
    expect(krippendorffAlpha([[1, 1], [2, 2, undefined], [5]], 'ordinal')).toBe(1);
    expect(
      krippendorffAlpha(
        [
          [1, 5],
          [5, 1],
        ],
        'interval',
      ),
    ).toBe(-0.5);
  });

  it('does not exist where nothing is rated twice or nothing varies, rounding or not', () => {
    expect(krippendorffAlpha([], 'nominal')).toBeUndefined();
    expect(krippendorffAlpha([[1], [2, null]], 'ordinal')).toBeUndefined();
    expect(
      krippendorffAlpha(
        [
          [0.1, 0.1, 0.1],
          [0.1, 0.1],
        ],
        'interval',
      ),
    ).toBeUndefined();
    expect(() => krippendorffAlpha([[1, Number.NaN]], 'interval')).toThrow(RangeError);
  });
});
