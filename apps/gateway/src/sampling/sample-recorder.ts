import type { NewSample } from '@pointsman/db';
import type { DrawnRequest, SampleSink } from '../pipeline/pipeline-dependencies.ts';
import { lengthOf, sampleOf } from './sample-of.ts';

export type SampleRecorder = SampleSink & {
  /** Writes what waits. Never rejects. */
  flush(): Promise<void>;
  stats(): SampleStats;
  close(): Promise<void>;
};

export type SampleStats = {
  stored: number;
  /** Had no text to rate, or too much of it. */
  skipped: number;
  /** Lost because too many waited, or the database took them not. */
  dropped: number;
};

const MOST_WAITING = 500;
/** About 16 MB. */
const MOST_WAITING_CHARACTERS = 8_000_000;

type RecorderOptions = {
  write(samples: readonly NewSample[]): Promise<void>;
  onError(error: unknown): void;
  everyMs?: number;
};

/** Redacts drawn requests after their replies are out and writes them in batches. What does not fit is dropped and counted. */
export function createSampleRecorder(options: RecorderOptions): SampleRecorder {
  const stats: SampleStats = { stored: 0, skipped: 0, dropped: 0 };
  const drawn: DrawnRequest[] = [];
  const batches = createBatches(options, stats);
  /** One at a time and each in a turn of its own: redacting a long conversation takes milliseconds. */
  const takeNext = () => {
    const next = drawn.shift();
    if (next === undefined) return;
    const sample = sampleOf(next);
    if (sample === undefined) stats.skipped += 1;
    else batches.add(sample);
  };
  const flush = (): Promise<void> => {
    while (drawn.length > 0) takeNext();
    return batches.flush();
  };
  return {
    offer(request) {
      if (batches.held() + drawn.length >= MOST_WAITING) {
        stats.dropped += 1;
        return;
      }
      drawn.push(request);
      setImmediate(takeNext);
    },
    flush,
    stats: () => stats,
    close: flush,
  };
}

/** What was redacted and is not stored yet, within a bound. */
function createBatches(options: RecorderOptions, stats: SampleStats) {
  let batch: NewSample[] = [];
  /** Of the batch and of what is being written. */
  const held = { samples: 0, characters: 0 };
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();
  const write = async (samples: readonly NewSample[]) => {
    try {
      await options.write(samples);
      stats.stored += samples.length;
    } catch (error) {
      stats.dropped += samples.length;
      options.onError(error);
    }
    held.samples -= samples.length;
    held.characters -= samples.reduce((sum, { messages, reply }) => sum + lengthOf(messages, reply), 0);
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const samples = batch;
    batch = [];
    if (samples.length > 0) writing = writing.then(() => write(samples));
    return writing;
  };
  return {
    flush,
    held: () => held.samples,
    add(sample: NewSample) {
      const characters = lengthOf(sample.messages, sample.reply);
      if (held.characters + characters > MOST_WAITING_CHARACTERS) {
        stats.dropped += 1;
        return;
      }
      held.samples += 1;
      held.characters += characters;
      batch.push(sample);
      timer ??= setTimeout(flush, options.everyMs ?? 2_000).unref();
    },
  };
}
