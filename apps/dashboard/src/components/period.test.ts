import { describe, expect, it } from 'vitest';
import { daysOf } from './period.ts';

const now = Date.parse('2026-11-21T09:00:00Z');
const none = { from: undefined, to: undefined };

describe('a period', () => {
  it('ends with today', () => {
    expect(daysOf({ period: '7', ...none }, now)).toEqual({ from: '2026-11-15', to: '2026-11-22' });
    expect(daysOf({ period: 'today', ...none }, now)).toEqual({ from: '2026-11-21', to: '2026-11-22' });
  });
  it('of one’s own includes its last day', () => {
    expect(daysOf({ period: 'custom', from: '2026-10-01', to: '2026-10-31' }, now)).toEqual({
      from: '2026-10-01',
      to: '2026-11-01',
    });
  });
  it('is thirty days when the address says nonsense', () => {
    expect(daysOf({ period: 'x', ...none }, now).from).toBe('2026-10-23');
  });
});
