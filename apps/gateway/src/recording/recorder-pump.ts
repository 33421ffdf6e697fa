import { setTimeout as sleep } from 'node:timers/promises';
import type { Decision } from '@pointsman/contracts';
import type { DecisionSpool } from './decision-spool.ts';

export type RecorderPumpOptions = {
  write(batch: Decision[], nodeId: string): Promise<unknown>;
  nodeId: string;
  batchSize: number;
  memoryLimit: number;
  closeMs: number;
  report(error: Error): void;
  onDropped(count: number): void;
};

/** A write that is still under way after so many beats is slow: what it carries goes to disk as well. */
const SLOW_BEATS = 2;
const LONGEST_REST_BEATS = 20;
/** Decisions serialised at once: about 2 ms of the event loop. */
const SPOOL_PIECE = 100;
/** The disk said no: asking again at every beat would serialise the whole memory each time. */
const DISK_REST_BEATS = 8;

/**
 * Moves decisions from memory to the database, or to the spool and from there to the database, always oldest first: while the
 * spool holds anything, everything newer goes through it. Driven by `beat`; it has no clock of its own.
 */
export class RecorderPump {
  readonly #spool: DecisionSpool;
  readonly #options: RecorderPumpOptions;
  #queue: Decision[] = [];
  /** The batch on its way from memory to the database, the first `spooled` of it on disk as well. */
  #direct: { batch: Decision[]; beats: number; spooled: number } | undefined;
  /** Decisions on their way from memory to the spool. */
  #spoolingCount = 0;
  #spooling: Promise<void> | undefined;
  #working: Promise<void> | undefined;
  #failures = 0;
  /** Beats until the database, and the disk, are tried again. */
  readonly #rest = { beats: 0 };
  readonly #diskRest = { beats: 0 };
  #kicked = false;
  #draining = 0;
  #closed: Promise<void> | undefined;
  #accepted = 0;
  #written = 0;
  #dropped = 0;
  #unreported = 0;

  constructor(spool: DecisionSpool, options: RecorderPumpOptions) {
    this.#spool = spool;
    this.#options = options;
  }

  record(decision: Decision): void {
    if (this.#closed !== undefined || this.#inMemory() >= this.#options.memoryLimit) {
      this.#drop(1);
      return;
    }
    this.#accepted += 1;
    this.#queue.push(decision);
    if (
      this.#queue.length >= this.#options.batchSize &&
      !this.#kicked &&
      this.#working === undefined &&
      this.#rest.beats === 0
    ) {
      this.#kicked = true;
      setImmediate(() => {
        this.#kicked = false;
        void this.#work();
      });
    }
  }

  /** One turn of the clockwork: reports losses, brings memory to safety when the database is in trouble, writes. */
  beat(): void {
    this.#reportDropped();
    if (this.#direct !== undefined) this.#direct.beats += 1;
    if (this.#diskRest.beats > 0) this.#diskRest.beats -= 1;
    else if (this.#inTrouble()) void this.#spoolMemory();
    if (this.#rest.beats > 0) this.#rest.beats -= 1;
    else void this.#work();
  }

  /** Takes over what other processes left, unless the order of the spool is being relied on right now. */
  async adopt(): Promise<void> {
    if (this.#working !== undefined || this.#spooling !== undefined || this.#closed !== undefined) return;
    // Adopting is work: nothing else may touch the head of the spool meanwhile.
    this.#working = this.#spool
      .adopt()
      .then(
        (count) => {
          this.#accepted += count;
        },
        (error: unknown) => this.#report(error),
      )
      .finally(() => {
        this.#working = undefined;
      });
    await this.#working;
  }

  async flush(): Promise<void> {
    const target = this.#accepted;
    this.#draining += 1;
    try {
      while (this.#written < target && this.#inMemory() + this.#spool.size().records > 0) {
        const failures = this.#failures;
        await this.#work();
        if (this.#failures > failures) {
          await this.#spoolMemory();
          return;
        }
      }
    } finally {
      this.#draining -= 1;
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  stats(): { queued: number; spooled: number; dropped: number; written: number } {
    return {
      queued: this.#inMemory(),
      spooled: this.#spool.size().records,
      dropped: this.#dropped,
      written: this.#written,
    };
  }

  async #close(): Promise<void> {
    const deadline = new AbortController();
    const late = sleep(this.#options.closeMs, undefined, { signal: deadline.signal }).catch(() => undefined);
    await Promise.race([this.flush(), late]);
    deadline.abort();
    await this.#spooling;
    await this.#spoolMemory();
    const left = this.#inMemory();
    if (left > 0) this.#drop(left);
    this.#queue = [];
    this.#reportDropped();
    await this.#spool.close();
  }

  #inMemory(): number {
    const direct = this.#direct === undefined ? 0 : this.#direct.batch.length - this.#direct.spooled;
    return this.#queue.length + this.#spoolingCount + direct;
  }

  #inTrouble(): boolean {
    return this.#failures > 0 || (this.#direct?.beats ?? 0) >= SLOW_BEATS || this.#spool.size().records > 0;
  }

  #work(): Promise<void> {
    this.#working ??= this.#writeAll()
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#working = undefined;
      });
    return this.#working;
  }

  async #writeAll(): Promise<void> {
    for (;;) {
      if (this.#spool.size().records > 0) {
        await this.#replay();
      } else if (this.#spooling !== undefined) {
        await this.#spooling;
      } else if (this.#queue.length > 0) {
        await this.#writeDirect();
        if (this.#queue.length < this.#options.batchSize && this.#draining === 0) return;
      } else {
        return;
      }
    }
  }

  async #replay(): Promise<void> {
    const batch = await this.#spool.peek(this.#options.batchSize);
    if (batch === undefined) return;
    if (batch.decisions.length > 0) await this.#options.write(batch.decisions, batch.nodeId);
    this.#succeed(batch.decisions.length);
    // Damaged lines were never anybody's to write.
    this.#accepted -= batch.records - batch.decisions.length;
    await this.#spool.advance(batch);
  }

  async #writeDirect(): Promise<void> {
    const direct = { batch: this.#queue.splice(0, this.#options.batchSize), beats: 0, spooled: 0 };
    this.#direct = direct;
    try {
      await this.#options.write(direct.batch, this.#options.nodeId);
      await this.#spooling;
      this.#direct = undefined;
      this.#succeed(direct.batch.length);
      // It became slow and went to disk as well, as the first of what is there.
      for (let left = direct.spooled; left > 0; ) {
        const batch = await this.#spool.peek(left);
        if (batch === undefined) break;
        left -= batch.records;
        await this.#spool.advance(batch);
      }
    } catch (error) {
      await this.#spooling;
      this.#queue = [...direct.batch.slice(direct.spooled), ...this.#queue];
      throw error;
    } finally {
      this.#direct = undefined;
    }
  }

  /** Brings everything in memory to the spool, in pieces that do not block the event loop. Never rejects. */
  #spoolMemory(): Promise<void> {
    this.#spooling ??= this.#appendMemory()
      .catch((error: unknown) => this.#report(error))
      .finally(() => {
        this.#spooling = undefined;
      });
    return this.#spooling;
  }

  async #appendMemory(): Promise<void> {
    const direct = this.#direct;
    // Oldest first: what is on its way to the database precedes what is still queued.
    while (direct !== undefined && direct.spooled < direct.batch.length) {
      const piece = direct.batch.slice(direct.spooled, direct.spooled + SPOOL_PIECE);
      if (!(await this.#append(piece))) return;
      direct.spooled += piece.length;
    }
    while (this.#queue.length > 0) {
      const piece = this.#queue.splice(0, SPOOL_PIECE);
      this.#spoolingCount = piece.length;
      try {
        if (await this.#append(piece)) continue;
        this.#queue = [...piece, ...this.#queue];
        return;
      } catch (error) {
        this.#queue = [...piece, ...this.#queue];
        throw error;
      } finally {
        this.#spoolingCount = 0;
      }
    }
  }

  async #append(piece: readonly Decision[]): Promise<boolean> {
    this.#diskRest.beats = DISK_REST_BEATS;
    const taken = await this.#spool.append(piece);
    if (taken) this.#diskRest.beats = 0;
    return taken;
  }

  #succeed(count: number): void {
    this.#written += count;
    this.#failures = 0;
    this.#rest.beats = 0;
  }

  /** The database did not take a batch: it rests, longer each time, and what is in memory goes to disk at once. */
  #fail(error: unknown): void {
    this.#report(error);
    this.#failures += 1;
    this.#rest.beats = Math.min(2 ** this.#failures, LONGEST_REST_BEATS);
    if (this.#diskRest.beats === 0) void this.#spoolMemory();
  }

  #report(error: unknown): void {
    this.#options.report(error instanceof Error ? error : new Error(String(error)));
  }

  #drop(count: number): void {
    this.#dropped += count;
    this.#unreported += count;
  }

  #reportDropped(): void {
    if (this.#unreported === 0) return;
    const count = this.#unreported;
    this.#unreported = 0;
    this.#options.onDropped(count);
  }
}
