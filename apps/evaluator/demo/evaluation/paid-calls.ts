import { createHash } from 'node:crypto';
import type { ReceivedRequest } from '@pointsman/provider-emulator';

/** What a provider would have charged for: replies handed over whole, and those whose client died while they were made. */
export type PaidCalls = {
  delivered: number;
  /** Handed over whole more often than they were wanted: paid twice. */
  repeated: number;
  /** The client hung up before the end: perhaps paid, and asked again. */
  cutOff: number;
  refused: number;
};

/** Counts what the emulator served. `wanted` says how often one content is asked on purpose: samples, replicates. */
export function countPaidCalls(wanted: (request: ReceivedRequest) => number): {
  onServed(request: ReceivedRequest): void;
  read(): PaidCalls;
} {
  const served = new Map<string, { count: number; wanted: number }>();
  const counts = { cutOff: 0, refused: 0 };
  return {
    onServed(request) {
      if (request.path.endsWith('/models')) return;
      if (request.finishedAtMs === undefined) counts.cutOff += 1;
      else if (request.status !== undefined && request.status >= 400) counts.refused += 1;
      else {
        const key = createHash('sha256').update(JSON.stringify(request.body)).digest('base64');
        const seen = served.get(key) ?? { count: 0, wanted: wanted(request) };
        seen.count += 1;
        served.set(key, seen);
      }
    },
    read() {
      const all = [...served.values()];
      return {
        ...counts,
        delivered: all.reduce((sum, { count }) => sum + count, 0),
        repeated: all.reduce((sum, seen) => sum + Math.max(0, seen.count - seen.wanted), 0),
      };
    },
  };
}
