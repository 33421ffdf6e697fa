import type { Decision } from '@pointsman/contracts';
import { DecisionSpool } from './decision-spool.ts';
import { RecorderPump } from './recorder-pump.ts';
import { openSpoolFolder } from './spool-folder.ts';

export type DecisionRecorder = {
  /** Takes a decision over. Never throws, never waits, touches neither disk nor database. */
  record(decision: Decision): void;
  /** Resolves when all that was recorded so far is in the database, or on disk because the database does not take it. */
  flush(): Promise<void>;
  /** Writes for as long as the deadline allows, spools the rest, and stops. */
  close(): Promise<void>;
  stats(): RecorderStats;
};

/** Decisions in memory, on disk, lost because both bounds were exhausted, and in the database. */
export type RecorderStats = { queued: number; spooled: number; dropped: number; written: number };

export type DecisionRecorderOptions = {
  /**
   * Writes decisions, all or none, and does nothing for those it has written before. `nodeId` made them: after a crash that is
   * another than this process, and their budgets are to be settled in its name.
   */
  write(batch: Decision[], nodeId: string): Promise<unknown>;
  /** May be shared by many gateways, and by one after the other. */
  spoolDir: string;
  /** The budgets' name for this process. */
  nodeId: string;
  batchSize?: number | undefined;
  /** While the database answers, at most this much is lost to a `kill -9`; it is also the beat of everything else. */
  flushMs?: number | undefined;
  /** Decisions kept in memory when the disk does not take them either. */
  memoryLimit?: number | undefined;
  spoolLimitBytes?: number | undefined;
  /** How long `close` waits for the database. */
  closeMs?: number | undefined;
  onError?: ((error: Error) => void) | undefined;
  /** Called with the number of decisions lost since the last call. */
  onDropped?: ((count: number) => void) | undefined;
};

const DEFAULTS = { batchSize: 500, flushMs: 250, memoryLimit: 20_000, spoolLimitBytes: 1024 ** 3, closeMs: 5_000 };
const HEARTBEAT_MS = 5_000;
const ADOPTION_MS = 30_000;

/**
 * Takes decisions off the request path and brings them to the database, oldest first. As long as the database answers they go
 * straight there; when it fails or is slow they go to a spool on disk within a few beats, and from there to the database.
 * Serialising every decision for the disk first would cost the request path more than all else here (about 20 µs each).
 */
export async function createDecisionRecorder(options: DecisionRecorderOptions): Promise<DecisionRecorder> {
  const { write, nodeId, spoolDir } = options;
  const report = (error: Error): void => options.onError?.(error);
  const folder = await openSpoolFolder(spoolDir);
  const spool = new DecisionSpool({
    folder,
    nodeId,
    limitBytes: options.spoolLimitBytes ?? DEFAULTS.spoolLimitBytes,
    onError: report,
  });
  const pump = new RecorderPump(spool, {
    write,
    nodeId,
    batchSize: options.batchSize ?? DEFAULTS.batchSize,
    memoryLimit: options.memoryLimit ?? DEFAULTS.memoryLimit,
    closeMs: options.closeMs ?? DEFAULTS.closeMs,
    report,
    onDropped: (count) => options.onDropped?.(count),
  });
  await pump.adopt();
  const flushMs = options.flushMs ?? DEFAULTS.flushMs;
  const timers = [
    setInterval(() => pump.beat(), flushMs),
    setInterval(() => folder.heartbeat().catch(report), HEARTBEAT_MS),
    setInterval(() => pump.adopt(), ADOPTION_MS),
  ];
  for (const timer of timers) timer.unref();
  return {
    record: (decision) => pump.record(decision),
    flush: () => pump.flush(),
    async close() {
      for (const timer of timers) clearInterval(timer);
      await pump.close();
    },
    stats: () => pump.stats(),
  };
}
