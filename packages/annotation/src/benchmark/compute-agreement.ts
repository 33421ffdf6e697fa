import { Worker } from 'node:worker_threads';
import type { DimensionAgreementView } from '@pointsman/contracts';
import type { DimensionRatings } from './agreement-of-ratings.ts';

// Run from source the sibling is TypeScript, built it is JavaScript.
const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './agreement-thread.ts' : './agreement-thread.js',
  import.meta.url,
);

/** `agreementOf` on a thread of its own: the bootstrap would hold up every request of this process. */
export function computeAgreement(dimensions: readonly DimensionRatings[]): Promise<DimensionAgreementView[]> {
  const thread = new Worker(threadFile, { workerData: dimensions, name: 'agreement' });
  // Nobody who ends the process waits for statistics.
  thread.unref();
  return new Promise((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`the thread of the agreement ended with code ${code}`)));
  });
}
