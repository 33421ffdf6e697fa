import { Worker } from 'node:worker_threads';
import type { Manifest } from '../artefact/manifest.ts';
import type { Prompt } from '../prompt.ts';
import type { RawPrediction } from './router-session.ts';
import type { PredictRequest, WorkerMessage, WorkerReply, WorkerStart } from './worker-messages.ts';

/** A thread that serves one artefact. */
export type InferenceWorker = {
  readonly manifest: Manifest;
  /** Rejects when the graph fails, the thread ends, the queue is full, or after `timeoutMs`. */
  predict(prompt: Prompt, timeoutMs: number, clientId?: string): Promise<RawPrediction>;
  /** Resolves once the thread has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Ends the thread at once; who still waits is told so. */
  stop(): Promise<void>;
  /** Ends the thread once nobody waits for it any more. */
  retire(): Promise<void>;
};

/** Beyond this many unanswered requests a new one would wait longer than anyone's patience. */
const MOST_UNANSWERED = 128;
/** A thread that lets so many requests in a row time out is taken to hang. */
const MOST_TIMEOUTS_IN_A_ROW = 50;

// Little lives long on this thread; without limits V8 lets garbage pile up to several times what is in use.
const HEAP_LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 };

// Run from source the sibling is TypeScript, built it is JavaScript.
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './inference-worker.ts' : './inference-worker.js',
  import.meta.url,
);

/** Starts a thread and waits until its artefact is loaded and has passed its self-check; rejects with the reason. */
export async function startWorker(artefactDir: string): Promise<InferenceWorker> {
  const start: WorkerStart = { artefactDir };
  const thread = new Worker(workerFile, { workerData: start, name: 'router', resourceLimits: HEAP_LIMITS });
  const ended = new Promise<void>((resolve) => {
    thread.once('exit', () => resolve());
  });
  const manifest = await greeting(thread);
  const queue = new RequestQueue(thread);
  thread.on('message', (message: WorkerMessage) => {
    if (message.kind === 'predicted' || message.kind === 'failed') queue.settle(message);
  });
  thread.on('error', (error) => queue.fail(`router worker crashed: ${String(error)}`));
  thread.once('exit', () => queue.fail('router worker ended'));
  // An idle thread must not keep the process alive; the queue holds it while someone waits.
  thread.unref();
  return {
    manifest,
    ended,
    predict: (prompt, timeoutMs, clientId) => queue.ask({ prompt, clientId }, timeoutMs),
    stop: async () => {
      await thread.terminate();
    },
    retire: async () => {
      await queue.idle();
      await thread.terminate();
    },
  };
}

async function greeting(thread: Worker): Promise<Manifest> {
  const first = await new Promise<WorkerMessage>((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`router worker ended with code ${code} while loading`)));
  });
  if (first.kind === 'ready') return first.manifest;
  await thread.terminate();
  throw new Error(first.kind === 'unusable' ? first.message : `router worker greeted with ${first.kind}`);
}

type Waiting = {
  resolve(prediction: RawPrediction): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
};

class RequestQueue {
  readonly #thread: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 0;
  /** Requests the thread has not answered, whether or not anyone still waits. */
  #unanswered = 0;
  #timeoutsInARow = 0;
  readonly #whenIdle: (() => void)[] = [];

  constructor(thread: Worker) {
    this.#thread = thread;
  }

  ask(question: Omit<PredictRequest, 'id'>, timeoutMs: number): Promise<RawPrediction> {
    if (this.#unanswered >= MOST_UNANSWERED)
      return Promise.reject(new Error(`router worker is busy: ${this.#unanswered} requests are waiting`));
    this.#nextId += 1;
    const id = this.#nextId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#giveUp(id, timeoutMs), timeoutMs);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#unanswered += 1;
      this.#thread.ref();
      const request: PredictRequest = { id, ...question };
      this.#thread.postMessage(request);
    });
  }

  /** Resolves when nobody waits: every request is answered or times out. */
  idle(): Promise<void> {
    if (this.#waiting.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  settle(reply: WorkerReply): void {
    this.#unanswered -= 1;
    if (this.#unanswered === 0) this.#thread.unref();
    this.#timeoutsInARow = 0;
    const waiting = this.#take(reply.id);
    if (waiting === undefined) return;
    if (reply.kind === 'predicted') waiting.resolve(reply.prediction);
    else waiting.reject(new Error(`router prediction failed: ${reply.message}`));
  }

  fail(message: string): void {
    for (const id of this.#waiting.keys()) this.#take(id)?.reject(new Error(message));
  }

  #giveUp(id: number, timeoutMs: number): void {
    this.#take(id)?.reject(new Error(`router prediction took longer than ${timeoutMs} ms`));
    this.#timeoutsInARow += 1;
    if (this.#timeoutsInARow >= MOST_TIMEOUTS_IN_A_ROW) void this.#thread.terminate();
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return undefined;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (this.#waiting.size === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
    return waiting;
  }
}
