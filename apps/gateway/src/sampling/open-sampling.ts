import type { Repositories } from '@pointsman/db';
import { createSampleRecorder, type SampleRecorder } from './sample-recorder.ts';

const HOUR_MS = 3_600_000;

/** Takes drawn requests to the database, and erases there what is past its time: at once and every hour. */
export function openSampling(options: {
  samples: Pick<Repositories['requestSamples'], 'add' | 'purge'>;
  now(): number;
  onLost(error: unknown): void;
  onPurgeError(error: unknown): void;
}): SampleRecorder {
  const recorder = createSampleRecorder({ write: options.samples.add, onError: options.onLost });
  let closed = false;
  const purge = async () => {
    try {
      await options.samples.purge(options.now());
    } catch (error) {
      // Whoever closes this closes the database next: what that interrupts is done by the next start.
      if (!closed) options.onPurgeError(error);
    }
  };
  void purge();
  const timer = setInterval(purge, HOUR_MS);
  timer.unref();
  return {
    ...recorder,
    async close() {
      closed = true;
      clearInterval(timer);
      await recorder.close();
    },
  };
}
