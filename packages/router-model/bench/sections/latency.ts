import { monitorEventLoopDelay } from 'node:perf_hooks';
import { DIMENSIONS } from '@pointsman/contracts';
import { quantile } from '@pointsman/statistics';
import { promptOf } from '../../src/prompt.ts';
import { openPredictor, type Predictor } from '../../src/serving/open-predictor.ts';
import { table } from '../report/markdown.ts';
import type { SectionReport } from './section.ts';

export type LatencyOptions = {
  /** Artefacts to serve, one after the other. */
  artefactDirs: readonly string[];
  /** Text to cut prompts from, longer than the longest prompt. */
  corpus: string;
  /** Predictions per length and number of callers. */
  predictions: number;
  onProgress: (message: string) => void;
};

type Latency = {
  characters: number;
  callers: number;
  p50Ms: number;
  p99Ms: number;
  /** Process CPU time per prediction, all threads. */
  cpuMs: number;
  /** The longest the main thread was kept from its timers. */
  longestPauseMs: number;
};

type ArtefactLatency = {
  version: string;
  rssMb: { before: number; opened: number; after: number };
  latencies: Latency[];
};

/** In characters. */
export const LONGEST_PROMPT = 100_000;
const LENGTHS = [100, 1_000, 10_000, LONGEST_PROMPT];
const CALLERS = [1, 16];
const CANDIDATES = 20;
/** Long enough that no prediction is cut short: lateness is what is measured. */
const TIMEOUT_MS = 5_000;
const WARM_UP = 30;

/** Time from a chat request to estimates of 20 candidates in every dimension, through the serving thread. */
export async function reportLatency(options: LatencyOptions): Promise<SectionReport> {
  const artefacts: ArtefactLatency[] = [];
  for (const dir of options.artefactDirs) artefacts.push(await measureArtefact(dir, options));
  return { data: artefacts, markdown: artefacts.map(describe).join('\n\n') };
}

async function measureArtefact(artefactDir: string, options: LatencyOptions): Promise<ArtefactLatency> {
  const before = rssMb();
  const predictor = await openPredictor({ artefactDir });
  const { version } = predictor.manifest;
  try {
    const opened = rssMb();
    const latencies: Latency[] = [];
    for (const characters of LENGTHS)
      for (const callers of CALLERS) {
        latencies.push(await measureLatency(predictor, { characters, callers }, options));
        options.onProgress(`latency: ${characters} characters, ${callers} callers`);
      }
    return { version, rssMb: { before, opened, after: rssMb() }, latencies };
  } finally {
    await predictor.close();
  }
}

const rssMb = (): number => process.memoryUsage.rss() / 1_048_576;

async function measureLatency(
  predictor: Predictor,
  { characters, callers }: { characters: number; callers: number },
  { corpus, predictions }: LatencyOptions,
): Promise<Latency> {
  const names = predictor.manifest.models.slice(0, CANDIDATES).map(({ name }) => name);
  for (let n = 0; n < WARM_UP; n += 1) await estimate(predictor, textOf(corpus, characters, predictions + n), names);
  const durations: number[] = [];
  let waiting = predictions;
  const call = async (): Promise<void> => {
    while (waiting > 0) {
      waiting -= 1;
      const text = textOf(corpus, characters, waiting);
      const startedAt = performance.now();
      await estimate(predictor, text, names);
      durations.push(performance.now() - startedAt);
    }
  };
  const resolution = 1;
  const pauses = monitorEventLoopDelay({ resolution });
  const cpuBefore = process.cpuUsage();
  pauses.enable();
  await Promise.all(Array.from({ length: callers }, call));
  pauses.disable();
  const cpu = process.cpuUsage(cpuBefore);
  return {
    characters,
    callers,
    p50Ms: quantile(durations, 0.5),
    p99Ms: quantile(durations, 0.99),
    cpuMs: (cpu.user + cpu.system) / 1_000 / predictions,
    longestPauseMs: Math.max(0, pauses.max / 1e6 - resolution),
  };
}

/** As the gateway does it: from the chat request to every candidate's score in every dimension. */
async function estimate(predictor: Predictor, text: string, names: readonly string[]): Promise<number> {
  const prompt = promptOf({ model: 'auto', messages: [{ role: 'user', content: text }] });
  const { models } = await predictor.predict(prompt, TIMEOUT_MS);
  let sum = 0;
  for (const name of names) for (const dimension of DIMENSIONS) sum += models.get(name)?.scores[dimension].mean ?? 0;
  return sum;
}

/** A stretch of the corpus, elsewhere for each `n`. */
function textOf(corpus: string, characters: number, n: number): string {
  const start = (n * 9_973) % (corpus.length - characters + 1);
  return corpus.slice(start, start + characters);
}

function describe({ version, rssMb: { before, opened, after }, latencies }: ArtefactLatency): string {
  const rows = latencies.map(({ characters, callers, p50Ms, p99Ms, cpuMs, longestPauseMs }) => [
    String(characters),
    String(callers),
    p50Ms.toFixed(2),
    p99Ms.toFixed(2),
    cpuMs.toFixed(2),
    longestPauseMs.toFixed(1),
  ]);
  return [
    `### Artefact ${version}: RSS ${before.toFixed(0)} MB before opening, ${opened.toFixed(0)} MB open, ${after.toFixed(0)} MB after`,
    table(['characters', 'callers', 'p50 ms', 'p99 ms', 'CPU ms', 'longest pause ms'], rows),
  ].join('\n\n');
}
