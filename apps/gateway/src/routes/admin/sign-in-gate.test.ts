import { fakeClock } from '@pointsman/testkit';
import { describe, expect, test } from 'vitest';
import { createSignInGate } from './sign-in-gate.ts';

const wrong = () => Promise.resolve(undefined);
const refused = expect.objectContaining({ code: 'rate_limit_exceeded' });

describe('guessing a password', () => {
  test('is refused after ten wrong ones, for a minute, for that address only', async () => {
    const clock = fakeClock(0);
    const gate = createSignInGate(clock.now);
    for (let guess = 0; guess < 10; guess++) await gate.attempt('a@example', wrong);
    await expect(gate.attempt('a@example', wrong)).rejects.toEqual(refused);
    await expect(gate.attempt('b@example', wrong)).resolves.toBeUndefined();
    clock.advance(60_000);
    await expect(gate.attempt('a@example', () => Promise.resolve('in'))).resolves.toBe('in');
  });

  test('is counted when it is made: guesses sent together are no way around', async () => {
    const gate = createSignInGate(() => 0);
    const tries = Array.from({ length: 100 }, () =>
      gate.attempt('a@example', wrong).then(
        () => 'made',
        () => 'refused',
      ),
    );
    expect((await Promise.all(tries)).filter((end) => end === 'made').length).toBeLessThanOrEqual(10);
  });

  test('starts anew after the right password, and never keeps a place it has left', async () => {
    const gate = createSignInGate(() => 0);
    const fails = () => Promise.reject(new Error('the database is away'));
    for (let round = 0; round < 5; round++) {
      await expect(gate.attempt(`down-${round}@example`, fails)).rejects.toThrow('away');
    }
    for (let guess = 0; guess < 9; guess++) await gate.attempt('a@example', wrong);
    await gate.attempt('a@example', () => Promise.resolve('in'));
    for (let guess = 0; guess < 9; guess++) await gate.attempt('a@example', wrong);
    await expect(gate.attempt('a@example', wrong)).resolves.toBeUndefined();
  });
});
