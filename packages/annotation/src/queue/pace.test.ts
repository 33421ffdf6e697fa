import { describe, expect, it } from 'vitest';
import { paceOf } from './pace.ts';

const at = (minutes: number, activeMs?: number) => ({ atMs: minutes * 60_000, activeMs });

describe('paceOf', () => {
  it('counts a working day of eight hours by the hours worked: breaks do not slow anybody', () => {
    // Four hours at an item every two minutes, an hour of lunch, four more.
    const morning = Array.from({ length: 121 }, (_, index) => at(index * 2, 90_000));
    const afternoon = Array.from({ length: 121 }, (_, index) => at(300 + index * 2, 90_000));
    expect(paceOf([...morning, ...afternoon])).toEqual({ pacePerHour: 30, medianMs: 90_000 });
  });

  it('takes the time between submissions where the page timed nothing', () => {
    expect(paceOf([at(0), at(1), at(3), at(60), at(62)])).toEqual({ pacePerHour: 36, medianMs: 120_000 });
  });

  it('says nothing of two items', () => {
    expect(paceOf([at(0, 1000), at(1, 1000)])).toEqual({});
  });
});
