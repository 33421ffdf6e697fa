/** Bytes waiting beyond this pause the socket, so that a slow reader cannot make us hold a whole reply. */
const HIGH_WATER_BYTES = 256 * 1024;

export type FlowControl = { pause(): void; resume(): void };

/**
 * Hands chunks from a socket's callbacks to one awaiting reader. What is already there comes first; then the failure or
 * the end.
 */
export class ByteQueue {
  readonly #flow: FlowControl;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #paused = false;
  #ended = false;
  #error: { reason: unknown } | undefined;
  #waiting: PromiseWithResolvers<Buffer | undefined> | undefined;

  constructor(flow: FlowControl) {
    this.#flow = flow;
  }

  push(chunk: Buffer): void {
    if (this.#waiting !== undefined) {
      this.#waiting.resolve(chunk);
      this.#waiting = undefined;
      return;
    }
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes <= HIGH_WATER_BYTES || this.#paused) return;
    this.#paused = true;
    this.#flow.pause();
  }

  end(): void {
    this.#ended = true;
    this.#waiting?.resolve(undefined);
    this.#waiting = undefined;
  }

  fail(reason: unknown): void {
    if (this.#ended || this.#error !== undefined) return;
    this.#error = { reason };
    this.#waiting?.reject(reason);
    this.#waiting = undefined;
  }

  /** The next chunk, or undefined at the end; rejects with what `fail` was given. One call at a time. */
  next(): Promise<Buffer | undefined> {
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) {
      this.#bytes -= chunk.length;
      if (this.#paused && this.#bytes < HIGH_WATER_BYTES / 2) {
        this.#paused = false;
        this.#flow.resume();
      }
      return Promise.resolve(chunk);
    }
    if (this.#error !== undefined) return Promise.reject(this.#error.reason);
    if (this.#ended) return Promise.resolve(undefined);
    this.#waiting = Promise.withResolvers();
    return this.#waiting.promise;
  }
}
