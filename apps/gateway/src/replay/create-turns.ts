import { GatewayError } from '@pointsman/contracts';

/** Lets one piece of work run at a time, in the order asked: what is heavy must not crowd out what serves requests. */
export function createTurns(mostWaiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return async (work) => {
    if (waiting > mostWaiting) {
      throw new GatewayError('rate_limit_exceeded', 'Too many replays are waiting here; ask again in a few seconds.', {
        retryAfterMs: 5_000,
      });
    }
    waiting += 1;
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      waiting -= 1;
    }
  };
}
