import type { ReceivedRequest } from './emulator-types.ts';

export type RequestLog = {
  entries: readonly ReceivedRequest[];
  add(request: ReceivedRequest): void;
  clear(): void;
};

/** Keeps the latest requests, oldest first. */
export function createRequestLog(capacity: number): RequestLog {
  const entries: ReceivedRequest[] = [];
  return {
    entries,
    add: (request) => {
      entries.push(request);
      if (entries.length > capacity) entries.splice(0, entries.length - capacity);
    },
    clear: () => {
      entries.length = 0;
    },
  };
}
