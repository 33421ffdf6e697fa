import { setTimeout as sleep } from 'node:timers/promises';
import { StorageUnavailable } from '@pointsman/db';
import { RunStopped } from './call-errors.ts';

export type Patience = {
  /** Milliseconds for which storage may be away. */
  storageMs: number;
  /** Told once for each outage, and when it is over. */
  onTrouble(message: string): void;
};

/** Hundreds of calls meet the same outage: it is told once to each listener. */
const away = new Set<Patience['onTrouble']>();

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/**
 * Does what may be repeated until the database answers: a paid reply in hand must not be thrown away because it restarts.
 * @throws {RunStopped} when it stays away for longer than patience lasts.
 */
export async function patiently<Result>(
  work: () => Promise<Result>,
  { storageMs, onTrouble }: Patience,
): Promise<Result> {
  const startedAtMs = performance.now();
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      const result = await work();
      if (away.delete(onTrouble)) onTrouble('the database answers again');
      return result;
    } catch (error) {
      if (!(error instanceof StorageUnavailable)) throw error;
      const waitedMs = performance.now() - startedAtMs;
      if (waitedMs + waitMs > storageMs) {
        const message = `the database did not answer for ${Math.round(waitedMs / 1000)} s: ${error.message}`;
        throw new RunStopped('storage', message, { cause: error });
      }
      if (!away.has(onTrouble)) onTrouble(`${error.message}; waiting for it`);
      away.add(onTrouble);
      await sleep(waitMs);
    }
  }
}
