import { describe, expect, it } from 'vitest';
import { intervalOf } from './interval-of.ts';

describe('the interval of an estimate', () => {
  it('stays on the scale', () => {
    expect(intervalOf({ mean: 0.98, spread: 0.1 })).toEqual({ low: 0.98 - 0.196, high: 1 });
    expect(intervalOf({ mean: 0.05, spread: 0.1 }).low).toBe(0);
  });
});
