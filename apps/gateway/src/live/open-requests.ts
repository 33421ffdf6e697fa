import { setTimeout as sleep } from 'node:timers/promises';

export type OpenRequests = {
  /** Runs one request and counts it as open until it has ended. */
  run(request: () => Promise<void>): Promise<void>;
  /** Resolves when all requests open now have ended, or when `withinMs` are over. */
  ended(withinMs: number): Promise<void>;
};

/**
 * The requests being answered, so that a gateway that stops can wait for them: one whose connection was just cut still has to
 * stop its provider, settle its budget and leave its record.
 */
export function createOpenRequests(): OpenRequests {
  const open = new Set<Promise<void>>();
  return {
    async run(request) {
      const running = request();
      open.add(running);
      try {
        await running;
      } finally {
        open.delete(running);
      }
    },
    async ended(withinMs) {
      const inTime = new AbortController();
      const late = sleep(withinMs, undefined, { signal: inTime.signal }).catch(() => undefined);
      await Promise.race([Promise.allSettled(open), late]);
      inTime.abort();
    },
  };
}
