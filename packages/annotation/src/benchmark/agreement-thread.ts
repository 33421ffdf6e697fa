import { parentPort, workerData } from 'node:worker_threads';
import { agreementOf, type DimensionRatings } from './agreement-of-ratings.ts';

// Started by compute-agreement.ts: one answer, then it ends.
parentPort?.postMessage(agreementOf(workerData as DimensionRatings[]));
