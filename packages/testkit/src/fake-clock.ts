/** A clock that moves only when told to. Times are milliseconds since 1970. */
export type FakeClock = {
  now(): number;
  /** Moves forward; returns the new time. */
  advance(ms: number): number;
};

/** @throws RangeError when asked to go back: code under test may rely on time not doing so. */
export function fakeClock(startMs: number): FakeClock {
  let current = startMs;
  return {
    now: () => current,
    advance(ms) {
      if (!(ms >= 0)) throw new RangeError(`a clock cannot advance by ${ms} ms`);
      current += ms;
      return current;
    },
  };
}
