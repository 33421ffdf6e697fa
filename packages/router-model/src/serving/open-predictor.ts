import { DIMENSIONS, type DimensionScores, type ModelEstimate, type ScoreEstimate } from '@pointsman/contracts';
import type { Manifest } from '../artefact/manifest.ts';
import { at } from '../mathematics/matrix.ts';
import type { Prompt } from '../prompt.ts';
import type { RawPrediction } from './router-session.ts';
import { type InferenceWorker, startWorker } from './start-worker.ts';

export type RouterPrediction = {
  /** Of the artefact. */
  version: string;
  /** The likeliest domain's label; absent when none is likelier than not. */
  domain: string | undefined;
  /** By router model name; undefined for a name the artefact does not know. */
  models: { get(name: string): ModelEstimate | undefined };
};

export type Predictor = {
  /** Of the artefact that serves now. */
  readonly manifest: Manifest;
  /** Estimates of every model for one request. Rejects on failure or after `timeoutMs`; never hangs. */
  predict(prompt: Prompt, timeoutMs: number): Promise<RouterPrediction>;
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
    predict: async (prompt, timeoutMs) => {
      const worker = await seat.worker(timeoutMs);
      return describePrediction(worker.manifest, await worker.predict(prompt, timeoutMs));
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

/** Below this a domain is a guess, not a finding. */
const LEAST_DOMAIN_PROBABILITY = 0.5;

/** Describes a model when it is asked for: an artefact knows many more than any one choice looks at. */
function describePrediction(manifest: Manifest, raw: RawPrediction): RouterPrediction {
  const columns = columnsOf(manifest);
  const get = (name: string): ModelEstimate | undefined => {
    const column = columns.get(name);
    return column === undefined ? undefined : describeModel(manifest, raw, column);
  };
  return { version: manifest.version, domain: likeliestDomain(manifest, raw), models: { get } };
}

function describeModel(manifest: Manifest, raw: RawPrediction, column: number): ModelEstimate {
  const scores: Partial<DimensionScores> = {};
  for (const dimension of DIMENSIONS) scores[dimension] = manifest.models[column]?.scores[dimension] as ScoreEstimate;
  manifest.heads.forEach((dimension, head) => {
    const cell = head * manifest.models.length + column;
    scores[dimension] = { mean: at(raw.means, cell), spread: at(raw.spreads, cell) };
  });
  return { scores: scores as DimensionScores, outputTokens: at(raw.outputTokens, column), basis: 'learned' };
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

function likeliestDomain({ domains }: Manifest, raw: RawPrediction): string | undefined {
  const byLabel = new Map<string, number>();
  domains.forEach((domain, d) => {
    const label = domain.slice(domain.indexOf('|') + 1);
    byLabel.set(label, (byLabel.get(label) ?? 0) + raw.familiarity * at(raw.domains, d));
  });
  for (const [label, probability] of byLabel) if (probability > LEAST_DOMAIN_PROBABILITY) return label;
  return undefined;
}
