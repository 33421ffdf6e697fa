import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Decision } from '@pointsman/contracts';
import { onlyIfMissing, type SpoolFolder } from './spool-folder.ts';

/** One file of decisions, one JSON text per line, written to the end and read from the start. */
type Segment = {
  path: string;
  /** Who made the decisions in it: budgets are settled in that node's name. */
  nodeId: string;
  /** Bytes that are complete lines; what may lie behind them is ignored. */
  end: number;
  /** Bytes that were read and written to the database. */
  start: number;
  /** Lines between `start` and `end`. */
  records: number;
};

export type SpoolBatch = {
  nodeId: string;
  decisions: Decision[];
  segment: Segment;
  /** The lines it came from, damaged ones included. */
  records: number;
  bytes: number;
};

export type DecisionSpoolOptions = {
  folder: SpoolFolder;
  nodeId: string;
  limitBytes: number;
  onError(error: Error): void;
};

const SEGMENT_BYTES = 8 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

/** Decisions on disk, oldest first, until the database takes them. One `append` and one `peek`/`advance` may run at a time. */
export class DecisionSpool {
  readonly #options: DecisionSpoolOptions;
  #segments: Segment[] = [];
  #tail: { segment: Segment; file: FileHandle } | undefined;
  #appending = false;

  constructor(options: DecisionSpoolOptions) {
    this.#options = options;
  }

  /** Adds decisions, durably; false when the spool would grow beyond its limit. Rejects when the disk refuses. */
  async append(decisions: readonly Decision[]): Promise<boolean> {
    const text = Buffer.from(decisions.map((decision) => `${JSON.stringify(decision)}\n`).join(''));
    if (this.size().bytes + text.length > this.#options.limitBytes) return false;
    this.#appending = true;
    try {
      const { segment, file } = await this.#writable();
      await file.appendFile(text);
      await file.datasync();
      segment.end += text.length;
      segment.records += decisions.length;
      return true;
    } catch (error) {
      // Half a line may lie there now: nothing is added behind it.
      await this.#closeTail();
      throw error;
    } finally {
      this.#appending = false;
    }
  }

  /** The oldest decisions, at most `count` and all of one node; undefined when there are none. */
  async peek(count: number): Promise<SpoolBatch | undefined> {
    for (;;) {
      const segment = this.#segments.find((each) => each.records > 0);
      if (segment === undefined) return undefined;
      const batch = await this.#read(segment, count);
      if (batch !== undefined) return batch;
      this.#segments = this.#segments.filter((each) => each !== segment);
    }
  }

  /** Forgets decisions that `peek` gave out: they are in the database. */
  async advance({ segment, records, bytes }: SpoolBatch): Promise<void> {
    segment.start += bytes;
    segment.records -= records;
    if (segment.records > 0) return;
    if (segment === this.#tail?.segment) {
      if (this.#appending) return;
      await this.#closeTail();
    }
    this.#segments = this.#segments.filter((each) => each !== segment);
    await rm(segment.path, { force: true });
  }

  /** Takes over what processes that ended have left; how many decisions that is. */
  async adopt(): Promise<number> {
    const adopted: Segment[] = [];
    for (const path of await this.#options.folder.adopt()) {
      const segment = await this.#inspect(path);
      if (segment.records > 0) adopted.push(segment);
      else await rm(path, { force: true });
    }
    this.#segments = [...adopted, ...this.#segments];
    return adopted.reduce((sum, segment) => sum + segment.records, 0);
  }

  size(): { records: number; bytes: number } {
    let [records, bytes] = [0, 0];
    for (const segment of this.#segments) {
      records += segment.records;
      bytes += segment.end;
    }
    return { records, bytes };
  }

  async close(): Promise<void> {
    await this.#closeTail();
    for (const segment of this.#segments) if (segment.records === 0) await rm(segment.path, { force: true });
    await this.#options.folder.release();
  }

  /** The segment to add to: a new one when the last is full, broken, or was adopted by somebody who took us for dead. */
  async #writable(): Promise<{ segment: Segment; file: FileHandle }> {
    const tail = this.#tail;
    if (
      tail !== undefined &&
      tail.segment.end < SEGMENT_BYTES &&
      (await stat(tail.segment.path).catch(onlyIfMissing))
    ) {
      return tail;
    }
    await this.#closeTail();
    await this.#options.folder.heartbeat();
    // Unique, because adopted segments of other processes lie beside it.
    const name = `${randomUUID()}.${encodeURIComponent(this.#options.nodeId)}.jsonl`;
    const segment = {
      path: join(this.#options.folder.path, name),
      nodeId: this.#options.nodeId,
      end: 0,
      start: 0,
      records: 0,
    };
    this.#tail = { segment, file: await open(segment.path, 'ax') };
    this.#segments.push(segment);
    return this.#tail;
  }

  async #closeTail(): Promise<void> {
    const tail = this.#tail;
    this.#tail = undefined;
    await tail?.file.close();
  }

  /** Undefined when the file is gone (another gateway adopted it and writes what is in it) or was cut short. */
  async #read(segment: Segment, count: number): Promise<SpoolBatch | undefined> {
    const file = await open(segment.path, 'r').catch(onlyIfMissing);
    if (file === undefined) return undefined;
    try {
      const left = segment.end - segment.start;
      // One line may be longer than a chunk: then a larger one is read.
      for (let size = Math.min(CHUNK_BYTES, left); ; size = Math.min(2 * size, left)) {
        const chunk = Buffer.alloc(size);
        const { bytesRead } = await file.read(chunk, 0, size, segment.start);
        const batch = this.#linesOf(chunk.subarray(0, bytesRead), count, segment);
        if (batch.records > 0) return batch;
        if (size === left) break;
      }
      this.#options.onError(new Error(`The spool ${segment.path} lost ${segment.records} decisions: it was cut short`));
      return undefined;
    } finally {
      await file.close();
    }
  }

  #linesOf(chunk: Buffer, count: number, segment: Segment): SpoolBatch {
    const batch: SpoolBatch = { nodeId: segment.nodeId, decisions: [], segment, records: 0, bytes: 0 };
    while (batch.records < count) {
      const end = chunk.indexOf(NEWLINE, batch.bytes);
      if (end < 0) break;
      const decision = this.#parse(chunk.toString('utf8', batch.bytes, end), segment);
      if (decision !== undefined) batch.decisions.push(decision);
      batch.records += 1;
      batch.bytes = end + 1;
    }
    return batch;
  }

  #parse(line: string, segment: Segment): Decision | undefined {
    try {
      const value: Decision = JSON.parse(line);
      if (typeof value.id === 'string') return value;
    } catch (error) {
      this.#options.onError(new Error(`A damaged line in the spool ${segment.path} was left out`, { cause: error }));
      return undefined;
    }
    this.#options.onError(new Error(`A line in the spool ${segment.path} is not a decision and was left out`));
    return undefined;
  }

  /** Counts the lines of a segment that was left behind. */
  async #inspect(path: string): Promise<Segment> {
    const nodeId = decodeURIComponent(basename(path, '.jsonl').replace(/^[^.]*\./, ''));
    const segment: Segment = { path, nodeId, end: 0, start: 0, records: 0 };
    const file = await open(path, 'r');
    try {
      const chunk = Buffer.alloc(CHUNK_BYTES);
      let position = 0;
      for (;;) {
        const { bytesRead } = await file.read(chunk, 0, chunk.length, position);
        if (bytesRead === 0) break;
        for (let at = chunk.indexOf(NEWLINE); at >= 0 && at < bytesRead; at = chunk.indexOf(NEWLINE, at + 1)) {
          segment.records += 1;
          segment.end = position + at + 1;
        }
        position += bytesRead;
      }
      if (position > segment.end) {
        this.#options.onError(new Error(`The last line of the spool ${path} was cut off by a crash and is left out`));
      }
    } finally {
      await file.close();
    }
    return segment;
  }
}
