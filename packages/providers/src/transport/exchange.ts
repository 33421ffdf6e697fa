import type { Dispatcher, Pool } from 'undici';
import { ProviderError, type Timeouts } from '../types.ts';
import type { ReplyHeaders } from '../wire-format.ts';
import { ByteQueue } from './byte-queue.ts';

export type ExchangeRequest = {
  path: string;
  headers: Record<string, string>;
  body: string;
  timeouts: Timeouts;
  /** A whole reply comes in one piece when it is done, so only the total limits its first byte. */
  stream: boolean;
  signal: AbortSignal;
  now(): number;
};

export type ExchangeReply = { status: number; headers: ReplyHeaders };

/** What is left of a finished stream (the end of the chunked body) comes at once or not at all. */
const DRAIN_MS = 1000;

/**
 * One POST and its reply, on undici's dispatch interface: no web streams, no stream objects, timers that are exact, an
 * abort that cuts the socket at once. Create, await `reply`, read chunks with `next`, and end with `release` or `abort`.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #request: ExchangeRequest;
  readonly #startedAtMs: number;
  readonly #reply = Promise.withResolvers<ExchangeReply>();
  readonly #chunks = new ByteQueue({
    pause: () => this.#pause(),
    resume: () => this.#resume(),
  });
  readonly #totalTimer: NodeJS.Timeout;
  readonly #onAbort = () => this.abort(this.#request.signal.reason);
  #phaseTimer: NodeJS.Timeout | undefined;
  #phase: 'waiting' | 'idle' = 'waiting';
  #controller: Dispatcher.DispatchController | undefined;
  #over: { reason: unknown } | undefined;
  #done = false;
  #released = false;
  #paused = false;
  /** Milliseconds spent waiting for a connection; undefined while waiting. */
  queueMs: number | undefined;

  constructor(pool: Pool, request: ExchangeRequest) {
    this.#request = request;
    this.#startedAtMs = request.now();
    const { timeouts, signal } = request;
    // A failure before anybody waits must not count as unhandled.
    this.#reply.promise.catch(() => undefined);
    this.#totalTimer = setTimeout(() => this.#timeOut('the whole reply', timeouts.totalMs), timeouts.totalMs);
    this.#waitAtMost('a connection', timeouts.connectMs);
    signal.addEventListener('abort', this.#onAbort, { once: true });
    if (signal.aborted) this.#onAbort();
    else pool.dispatch({ path: request.path, method: 'POST', headers: request.headers, body: request.body }, this);
  }

  /** Rejects with `ProviderError` (timeouts), undici's error (network) or the signal's reason. */
  get reply(): Promise<ExchangeReply> {
    return this.#reply.promise;
  }

  /** True once the request went out: from then on the provider may have done paid work. */
  get sent(): boolean {
    return this.queueMs !== undefined;
  }

  next(): Promise<Buffer | undefined> {
    return this.#chunks.next();
  }

  /** Cuts the connection at once. */
  abort(reason: unknown): void {
    if (this.#over !== undefined || this.#done) return;
    this.#over = { reason };
    this.#settle();
    this.#reply.reject(reason);
    this.#chunks.fail(reason);
    this.#controller?.abort(reason instanceof Error ? reason : new Error(String(reason)));
  }

  /** Says that nothing more is wanted of a finished reply, so that its connection can serve the next request. */
  release(): void {
    if (this.#done || this.#over !== undefined || this.#released) return;
    this.#released = true;
    this.#settle();
    this.#phaseTimer = setTimeout(() => this.abort(new Error('drained')), DRAIN_MS);
    this.#controller?.resume();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#over !== undefined) {
      const { reason } = this.#over;
      controller.abort(reason instanceof Error ? reason : new Error(String(reason)));
      return;
    }
    this.queueMs = this.#request.now() - this.#startedAtMs;
    clearTimeout(this.#phaseTimer);
    if (this.#request.stream) this.#waitAtMost('the first byte', this.#request.timeouts.firstByteMs);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: ReplyHeaders): void {
    if (status >= 200) this.#reply.resolve({ status, headers });
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#over !== undefined || this.#released) return;
    if (this.#phase === 'idle') this.#phaseTimer?.refresh();
    else this.#waitAtMost('the next chunk', this.#request.timeouts.idleMs, 'idle');
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#done = true;
    this.#settle();
    this.#chunks.end();
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    if (this.#over !== undefined) return;
    this.#over = { reason: error };
    this.#settle();
    this.#reply.reject(error);
    this.#chunks.fail(error);
  }

  /** While our own reader is behind, silence is not the provider's. */
  #pause(): void {
    this.#paused = true;
    clearTimeout(this.#phaseTimer);
    this.#controller?.pause();
  }

  #resume(): void {
    this.#paused = false;
    if (this.#done || this.#over !== undefined) return;
    this.#waitAtMost('the next chunk', this.#request.timeouts.idleMs, 'idle');
    this.#controller?.resume();
  }

  #waitAtMost(what: string, ms: number, phase: 'waiting' | 'idle' = 'waiting'): void {
    clearTimeout(this.#phaseTimer);
    this.#phase = phase;
    this.#phaseTimer = setTimeout(() => this.#timeOut(what, ms), ms);
  }

  #timeOut(what: string, ms: number): void {
    const [code, message] = this.#paused
      ? ['slow_reader', `timeout: the reply was not read to its end within ${ms} ms`]
      : ['timeout', `timeout: waited ${ms} ms for ${what}`];
    this.abort(
      new ProviderError({
        kind: 'transient',
        message,
        code,
        consumed: this.sent ? 'perhaps' : 'nothing',
      }),
    );
  }

  #settle(): void {
    clearTimeout(this.#totalTimer);
    clearTimeout(this.#phaseTimer);
    this.#request.signal.removeEventListener('abort', this.#onAbort);
  }
}
