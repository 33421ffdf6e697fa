import { describe, expect, it } from 'vitest';
import { fakeClock } from './fake-clock.ts';

describe('a fake clock', () => {
  it('moves only when told to', () => {
    const clock = fakeClock(1_000);
    expect(clock.now()).toBe(1_000);
    expect(clock.advance(250)).toBe(1_250);
    expect(clock.now()).toBe(1_250);
  });

  it.each([-1, Number.NaN])('does not move by %s', (ms) => {
    expect(() => fakeClock(0).advance(ms)).toThrow(RangeError);
  });
});
