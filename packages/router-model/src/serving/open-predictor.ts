import type { DimensionScores, ModelEstimate } from '@pointsman/contracts';
import type { Manifest } from '../artefact/manifest.ts';
import { at } from '../mathematics/matrix.ts';
import type { RequestReading } from '../model/read-request.ts';
import type { Prompt } from '../prompt.ts';
import { UNKNOWN } from '../taxonomy/labels.ts';
import { likeliestLabel } from '../taxonomy/likeliest-label.ts';
import type { RawEstimates, RawPrediction } from './router-session.ts';
import { type InferenceWorker, startWorker } from './start-worker.ts';

export type RouterPrediction = {
  /** Of the artefact. */
  version: string;
  /** What it is about and what it asks for, of the closed lists; absent when none is likelier than not. */
  domain: string | undefined;
  task: string | undefined;
  /** Which sort of request of the training data it is likest; absent when none is likelier than not. */
  kind: string | undefined;
  /** 1: like the training data, 0: like nothing seen. */
  familiarity: number;
  /** By router model name; undefined for a name the artefact does not know. */
  models: { get(name: string): ModelEstimate | undefined };
  /** Of a model of mean ability that nobody evaluated: what `estimateFor` starts from for others of that sort. */
  newcomer?: Pick<ModelEstimate, 'scores' | 'outputTokens'> | undefined;
};

export type Predictor = {
  /** Of the artefact that serves now. */
  readonly manifest: Manifest;
  /**
   * Estimates of every model for one request, as `clientId`'s own scores showed them where there are enough of those.
   * Rejects on failure or after `timeoutMs`; never hangs.
   */
  predict(prompt: Prompt, timeoutMs: number, clientId?: string): Promise<RouterPrediction>;
  /** Serves another artefact. The old one serves until the new one has passed its self-check, and stays if it fails. */
  reload(dir: string): Promise<Manifest>;
  close(): Promise<void>;
};

/**
 * Starts serving an artefact on a thread of its own. A crashed thread is replaced; requests it was answering reject.
 * Rejects, saying why, when the artefact cannot be used.
 */
export function openPredictor(options: { artefactDir: string }): Promise<Predictor> {
  return openPredictorWith(startWorker, options.artefactDir);
}

/** `openPredictor` with the way to start a thread passed in. */
export async function openPredictorWith(start: typeof startWorker, artefactDir: string): Promise<Predictor> {
  const seat = new WorkerSeat(start);
  await seat.occupy(artefactDir);
  return {
    get manifest() {
      return seat.manifest;
    },
    predict: async (prompt, timeoutMs, clientId) => {
      const worker = await seat.worker(timeoutMs);
      return describePrediction(worker.manifest, await worker.predict(prompt, timeoutMs, clientId));
    },
    reload: (dir) => seat.occupy(dir),
    close: () => seat.close(),
  };
}

/** Holds the thread that serves now and replaces it when it dies. */
class WorkerSeat {
  readonly #start: typeof startWorker;
  #dir = '';
  #manifest: Manifest | undefined;
  #worker: InferenceWorker | undefined;
  #replacement: Promise<void> | undefined;
  #isClosed = false;

  constructor(start: typeof startWorker) {
    this.#start = start;
  }

  get manifest(): Manifest {
    if (this.#manifest === undefined) throw new Error('no router artefact was loaded');
    return this.#manifest;
  }

  async occupy(dir: string): Promise<Manifest> {
    const worker = await this.#start(dir);
    if (this.#isClosed) {
      await worker.stop();
      throw new Error('the predictor was closed while an artefact was loading');
    }
    const former = this.#worker;
    this.#worker = worker;
    this.#dir = dir;
    this.#manifest = worker.manifest;
    void worker.ended.then(() => this.#replaceIfLost(worker));
    if (former !== undefined) await former.retire();
    return worker.manifest;
  }

  /** The serving thread; waits for a replacement under way, at most `timeoutMs`. */
  async worker(timeoutMs: number): Promise<InferenceWorker> {
    if (this.#isClosed) throw new Error('the predictor is closed');
    if (this.#worker === undefined) {
      this.#replacement ??= this.#replace();
      await withinTime(this.#replacement, timeoutMs);
    }
    if (this.#worker === undefined) throw new Error('the router worker could not be restarted');
    return this.#worker;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.stop();
  }

  #replaceIfLost(worker: InferenceWorker): void {
    if (this.#isClosed || this.#worker !== worker) return;
    this.#worker = undefined;
    this.#replacement ??= this.#replace();
  }

  /** Never rejects: when it fails, the next request tries again. */
  async #replace(): Promise<void> {
    try {
      await this.occupy(this.#dir);
    } catch {
      this.#worker = undefined;
    } finally {
      this.#replacement = undefined;
    }
  }
}

async function withinTime(promise: Promise<void>, timeoutMs: number): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`router worker was not back within ${timeoutMs} ms`)), timeoutMs);
  try {
    await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Describes a model when it is asked for: an artefact knows many more than any one choice looks at. */
function describePrediction(manifest: Manifest, raw: RawPrediction): RouterPrediction {
  const columns = columnsOf(manifest);
  const get = (name: string): ModelEstimate | undefined => {
    const column = columns.get(name);
    return column === undefined ? undefined : describeModel(manifest, raw, column);
  };
  const { reading } = raw;
  return {
    version: manifest.version,
    domain: named(reading.domains, manifest.domains),
    task: named(reading.tasks, manifest.tasks),
    kind: likeliestKind(manifest, reading),
    familiarity: reading.familiarity,
    models: { get },
    newcomer: manifest.newcomer && describeColumn(raw.newcomer, 0, manifest.heads, manifest.newcomer.scores),
  };
}

const BASIS = { learned: 'learned', 'kind-averages': 'kind-average', blind: 'benchmark-average' } as const;

function describeModel(manifest: Manifest, raw: RawPrediction, column: number): ModelEstimate {
  const averages = manifest.models[column]?.scores;
  if (averages === undefined) throw new RangeError(`the artefact has no model ${column}`);
  return { ...describeColumn(raw, column, manifest.heads, averages), basis: BASIS[manifest.mode] };
}

/** One model's estimates; dimensions without a head keep their average. */
function describeColumn(
  { means, spreads, outputTokens }: RawEstimates,
  column: number,
  heads: Manifest['heads'],
  averages: DimensionScores,
): Pick<ModelEstimate, 'scores' | 'outputTokens'> {
  const scores = { ...averages };
  heads.forEach((dimension, head) => {
    const cell = head * outputTokens.length + column;
    scores[dimension] = { mean: at(means, cell), spread: at(spreads, cell) };
  });
  return { scores, outputTokens: at(outputTokens, column) };
}

const columnsByManifest = new WeakMap<Manifest, ReadonlyMap<string, number>>();

function columnsOf(manifest: Manifest): ReadonlyMap<string, number> {
  let columns = columnsByManifest.get(manifest);
  if (columns === undefined) {
    columns = new Map(manifest.models.map(({ name }, column) => [name, column]));
    columnsByManifest.set(manifest, columns);
  }
  return columns;
}

/** A label that several sources share counts as one. */
function likeliestKind({ kinds }: Manifest, { kinds: probabilities, familiarity }: RequestReading): string | undefined {
  const byLabel = new Map<string, number>();
  kinds.forEach((kind, k) => {
    const label = kind.slice(kind.indexOf('|') + 1);
    byLabel.set(label, (byLabel.get(label) ?? 0) + familiarity * at(probabilities, k));
  });
  return named([...byLabel.values()], [...byLabel.keys()]);
}

function named(probabilities: ArrayLike<number>, labels: readonly string[]): string | undefined {
  const label = likeliestLabel(probabilities, labels);
  return label === UNKNOWN ? undefined : label;
}
