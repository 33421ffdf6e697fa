import { GatewayError } from '@pointsman/contracts';
import { LRUCache } from 'lru-cache';

/** Wrong passwords per address of sign-in within a minute, after which it waits: slow enough for guessing, not for people. */
const MOST_FAILURES = 10;
const WINDOW_MS = 60_000;
/** Password hashing takes a tenth of a second of a core on purpose: strangers must not make it all that this process does. */
const MOST_AT_ONCE = 4;
const MOST_TRACKED = 10_000;

const BUSY_MS = 1_000;

export type SignInGate = {
  /** Counts the attempt before it is made, so that guesses sent together are counted too. @throws GatewayError `rate_limit_exceeded`. */
  attempt<T>(address: string, signIn: () => Promise<T | undefined>): Promise<T | undefined>;
};

/** Slows down guessing: by address, and all of it together. */
export function createSignInGate(now: () => number): SignInGate {
  const attempts = new LRUCache<string, { count: number; sinceMs: number }>({ max: MOST_TRACKED });
  let underway = 0;

  function count(address: string): void {
    const nowMs = now();
    const entry = attempts.get(address);
    if (entry === undefined || nowMs - entry.sinceMs >= WINDOW_MS) {
      attempts.set(address, { count: 1, sinceMs: nowMs });
      return;
    }
    if (entry.count >= MOST_FAILURES) {
      throw tooMany('wrong passwords for this address. Wait a minute.', entry.sinceMs + WINDOW_MS - nowMs);
    }
    entry.count += 1;
  }

  return {
    async attempt(address, signIn) {
      if (underway >= MOST_AT_ONCE) throw tooMany('people are signing in at this moment. Try again.', BUSY_MS);
      count(address);
      underway += 1;
      try {
        const session = await signIn();
        if (session !== undefined) attempts.delete(address);
        return session;
      } finally {
        underway -= 1;
      }
    },
  };
}

const tooMany = (what: string, retryAfterMs: number) =>
  new GatewayError('rate_limit_exceeded', `Too many ${what}`, { retryAfterMs });
