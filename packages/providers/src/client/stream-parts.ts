import type { ChunkSource } from '../transport/decode-body.ts';
import type { Exchange } from '../transport/exchange.ts';
import type { StreamPart } from '../types.ts';
import { ProviderError } from '../types.ts';
import type { StreamReader } from '../wire-format.ts';
import type { AttemptLog } from './attempt-log.ts';
import { describeNetworkFailure } from './network-failure.ts';
import { withoutKey } from './without-key.ts';

export type StreamSource = {
  exchange: Exchange;
  /** The exchange, or what decodes it. */
  chunks: ChunkSource;
  reader: StreamReader;
  log: AttemptLog;
  signal: AbortSignal;
  /** What the provider was given; no error may repeat it. */
  key: string | undefined;
  /** Called when the stream fails after it was opened. */
  onLateFailure(error: ProviderError): void;
};

type Result = IteratorResult<StreamPart, undefined>;

/**
 * The parts of one stream. `open` first; then iterate. However it ends (done, a thrown `ProviderError`, the caller's
 * `return` or abort), the attempt is reported once and the connection is given back or cut.
 */
export class StreamParts implements AsyncIterableIterator<StreamPart, undefined, unknown> {
  readonly #source: StreamSource;
  #over = false;
  #opened = false;
  /** Why the bytes ended, where the reader only knows that they did. */
  #broken: unknown;

  constructor(source: StreamSource) {
    this.#source = source;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Reads until there is something real to give; rejects when the stream fails or ends before that. */
  async open(): Promise<void> {
    const { reader, log } = this.#source;
    while (!reader.opened && !reader.finished && reader.failure === undefined) await this.#read();
    // Also when the failure came right behind the first part: nothing is given out yet, so another model may answer whole.
    if (reader.failure !== undefined) throw this.#fail(this.#broken ?? reader.failure);
    log.firstToken();
    this.#opened = true;
  }

  async next(): Promise<Result> {
    const { reader } = this.#source;
    for (;;) {
      const part = this.#over ? undefined : reader.parts.shift();
      if (part !== undefined) return { done: false, value: part };
      if (this.#over) return { done: true, value: undefined };
      if (reader.failure !== undefined) throw this.#fail(this.#broken ?? reader.failure);
      if (reader.finished) return this.#finish();
      await this.#read();
    }
  }

  /** The caller wants no more: the provider is told at once, by cutting the connection. */
  return(): Promise<Result> {
    if (!this.#over) {
      this.#over = true;
      this.#source.exchange.abort(new Error('the caller stopped reading'));
      this.#source.log.abandoned();
    }
    return Promise.resolve({ done: true, value: undefined });
  }

  async #read(): Promise<void> {
    const { chunks, reader, signal, exchange } = this.#source;
    let chunk: Buffer | undefined;
    try {
      chunk = await chunks.next();
    } catch (error) {
      if (signal.aborted) throw this.#abandon();
      // What came before the connection broke may already be the whole reply; if not, it is still given out first.
      reader.end();
      this.#broken = describeNetworkFailure(error, exchange.sent);
      return;
    }
    if (chunk === undefined) reader.end();
    else reader.push(chunk);
  }

  #finish(): Result {
    this.#over = true;
    this.#source.exchange.release();
    this.#source.log.answered();
    return { done: true, value: undefined };
  }

  #abandon(): unknown {
    this.#over = true;
    this.#source.log.abandoned();
    return this.#source.signal.reason;
  }

  #fail(failure: unknown): unknown {
    const error = withoutKey(failure, this.#source.key);
    this.#over = true;
    this.#source.exchange.abort(error);
    this.#source.log.failed(error);
    if (this.#opened && error instanceof ProviderError) this.#source.onLateFailure(error);
    return error;
  }
}
