import { setTimeout as sleep } from 'node:timers/promises';

/** Asks `check` again and again until it gives something; undefined when `timeoutMs` have passed first. */
export async function waitUntil<T>(
  check: () => Promise<T | undefined>,
  { timeoutMs, everyMs }: { timeoutMs: number; everyMs: number },
): Promise<T | undefined> {
  const timeout = AbortSignal.timeout(timeoutMs);
  for (;;) {
    const found = await check();
    if (found !== undefined || timeout.aborted) return found;
    await sleep(everyMs);
  }
}
