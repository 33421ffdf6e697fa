import { FAILURE_KINDS } from '@pointsman/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ProviderError, type ProviderErrorDetails } from '../types.ts';
import { markFinal, mayRetry, retryWaitMs } from './retries.ts';

const failure = (details: Partial<ProviderErrorDetails> = {}) =>
  new ProviderError({ kind: 'transient', message: 'm', consumed: 'nothing', ...details });
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('trying the same model again', () => {
  it('is for failures that pass by themselves only', () => {
    expect(FAILURE_KINDS.filter((kind) => mayRetry(failure({ kind })))).toEqual(['rate-limited', 'transient']);
    expect(mayRetry(new Error('a bug of ours'))).toBe(false);
  });

  it('is not for a wait longer than a fallback takes, a timeout, an open circuit, or a provider that says no', () => {
    expect(mayRetry(failure({ retryAfterMs: 2000 }))).toBe(true);
    expect(mayRetry(failure({ retryAfterMs: 2001 }))).toBe(false);
    expect(mayRetry(failure({ code: 'timeout' }))).toBe(false);
    expect(mayRetry(failure({ code: 'circuit_open' }))).toBe(false);
    const final = failure();
    markFinal(final);
    expect(mayRetry(final)).toBe(false);
  });

  it('never waits less than the provider asked for, nor more than 2.5 seconds', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.integer({ min: 1, max: 8 }), random, (retryAfterMs, attempt, chance) => {
        const wait = retryWaitMs(failure({ retryAfterMs }), attempt, chance);
        expect(wait).toBeGreaterThanOrEqual(retryAfterMs);
        expect(wait).toBeLessThanOrEqual(2500);
      }),
    );
  });

  it('waits longer each time when the provider says nothing, spread over half the wait', () => {
    expect([1, 2, 3].map((attempt) => retryWaitMs(failure(), attempt, 0))).toEqual([100, 200, 400]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), random, (attempt, chance) => {
        const wait = retryWaitMs(failure(), attempt, chance);
        expect(wait).toBeGreaterThanOrEqual(100);
        expect(wait).toBeLessThanOrEqual(2000);
      }),
    );
  });
});
