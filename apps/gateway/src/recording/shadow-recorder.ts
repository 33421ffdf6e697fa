import type { ShadowDecision } from '@pointsman/db';

export type ShadowRecorder = {
  /** Never waits. What cannot be kept is dropped: comparisons are a sample, and the next ones do as well. */
  record(comparison: ShadowDecision): void;
  close(): Promise<void>;
};

const MOST_WAITING = 1_000;

/** Writes comparisons to the database in batches. */
export function createShadowRecorder(options: {
  write(comparisons: readonly ShadowDecision[]): Promise<void>;
  onError(error: unknown): void;
  everyMs?: number;
}): ShadowRecorder {
  let waiting: ShadowDecision[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) writing = writing.then(() => options.write(batch)).catch(options.onError);
    return writing;
  };
  return {
    record(comparison) {
      if (waiting.length >= MOST_WAITING) return;
      waiting.push(comparison);
      timer ??= setTimeout(flush, options.everyMs ?? 2_000).unref();
    },
    close: flush,
  };
}
