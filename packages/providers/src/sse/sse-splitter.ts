const CR = 13;

/** One provider event cannot be larger: an image in base64 fits, a runaway host does not. */
const MOST_PENDING_BYTES = 32 * 1024 * 1024;

/**
 * A complete event, blank line included: `bytes.subarray(start, end)`. `text` is the same range read as latin1, so that
 * offsets into it are byte offsets and ASCII keywords can be searched without decoding.
 */
export type EventSink = (bytes: Buffer, text: string, start: number, end: number) => void;

/**
 * Cuts a byte stream into server-sent events wherever the network cut it. Lines end in `\n` or `\r\n`. Events inside
 * one chunk are reported in place, without a copy; only one that spans chunks is joined.
 */
export class SseSplitter {
  readonly #sink: EventSink;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #lineIsBlank = true;

  constructor(sink: EventSink) {
    this.#sink = sink;
  }

  /** Throws `RangeError` when an event grows past 32 MiB. */
  push(chunk: Buffer): void {
    const text = chunk.toString('latin1');
    let eventStart = 0;
    let lineStart = 0;
    for (;;) {
      const lineEnd = text.indexOf('\n', lineStart);
      if (lineEnd === -1) break;
      const blank = this.#lineIsBlank && isBlank(chunk, lineStart, lineEnd);
      this.#lineIsBlank = true;
      lineStart = lineEnd + 1;
      if (!blank) continue;
      this.#emit(chunk, text, eventStart, lineStart);
      eventStart = lineStart;
    }
    this.#lineIsBlank &&= isBlank(chunk, lineStart, chunk.length);
    if (eventStart < chunk.length) this.#keep(eventStart === 0 ? chunk : chunk.subarray(eventStart));
  }

  /** Hands over what is left when the stream ends without a final blank line. */
  end(): void {
    if (this.#pendingBytes === 0) return;
    this.push(Buffer.from(this.#lineIsBlank ? '\n' : '\n\n'));
  }

  #keep(rest: Buffer): void {
    this.#pending.push(rest);
    this.#pendingBytes += rest.length;
    if (this.#pendingBytes > MOST_PENDING_BYTES) throw new RangeError('an event of the stream is larger than 32 MiB');
  }

  #emit(chunk: Buffer, text: string, start: number, end: number): void {
    if (this.#pendingBytes === 0) {
      this.#sink(chunk, text, start, end);
      return;
    }
    const joined = Buffer.concat([...this.#pending, chunk.subarray(start, end)]);
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#sink(joined, joined.toString('latin1'), 0, joined.length);
  }
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  return end === start || (end === start + 1 && bytes[start] === CR);
}
