import { type Bench, type BenchOptions, openBench } from './bench.ts';
import type { PoolDefinition, SourceReader } from './data/read-pools.ts';
import { onboard } from './methods/ours.ts';
import { drawChart } from './report/chart.ts';
import { reportCalibration } from './sections/calibration.ts';
import { LONGEST_PROMPT, reportLatency } from './sections/latency.ts';
import { reportOnboarding } from './sections/onboarding.ts';
import { reportPairs } from './sections/pairs.ts';
import { reportPools } from './sections/pools.ts';
import type { SectionInput, SectionOptions, SectionReport } from './sections/section.ts';
import { foldRunner, heldOutFolds, type RunFold } from './splits/fold-job.ts';
import type { HeldOutFold } from './splits/hold-out.ts';

export const SECTIONS = ['pairs', 'pools', 'calibration', 'onboarding', 'latency'] as const;
export type Section = (typeof SECTIONS)[number];

const TITLES: Readonly<Record<Section, string>> = {
  pairs: 'Pairs of RouteLLM',
  pools: 'Pools',
  calibration: 'Calibration',
  onboarding: 'Onboarding a model',
  latency: 'Latency',
};

export type RunOptions = SectionOptions & {
  sections: readonly Section[];
  artefactDirs: readonly string[];
  /** Timed predictions per length and number of callers. */
  predictions: number;
};

export type BenchData = {
  definitions: ReadonlyMap<string, PoolDefinition>;
  read: SourceReader;
  /** Holds out folds of the same data elsewhere; on this thread when absent. */
  runFold?: RunFold | undefined;
};

export type BenchReport = {
  data: Record<string, unknown>;
  markdown: string;
  failed: Section[];
  /** SVG; absent when no section draws. */
  chart: string | undefined;
};

/** Runs the sections one after the other, also after one that fails; the same data, options and seed give the same report, latency apart. */
export async function runBench(data: BenchData, size: BenchOptions, options: RunOptions): Promise<BenchReport> {
  const bench = openBench(data.definitions, data.read, size);
  const input: SectionInput = { bench, options, holdOutAll: holdOutOnce(bench, data.runFold ?? foldRunner(bench)) };
  const run: Record<Section, () => Promise<SectionReport>> = {
    pairs: () => reportPairs(input),
    pools: () => reportPools(input),
    calibration: () => reportCalibration(input),
    onboarding: () => reportOnboarding(input, onboard),
    latency: async () => reportLatency({ ...options, corpus: await corpusOf(data) }),
  };
  const failed: Section[] = [];
  const reports: { section: Section; report: SectionReport }[] = [];
  for (const section of SECTIONS.filter((name) => options.sections.includes(name))) {
    options.onProgress(TITLES[section]);
    try {
      reports.push({ section, report: await run[section]() });
    } catch (error) {
      // Half an hour of other sections is not to be lost for one.
      const message = error instanceof Error ? error.message : String(error);
      reports.push({ section, report: { data: { failed: message }, markdown: `Failed: ${message}` } });
      failed.push(section);
    }
  }
  const panels = reports.flatMap(({ report }) => report.panels ?? []);
  const intro = `# Ways to route, side by side\n\n${size.folds} folds, ${options.resamples} resamples, seed ${size.seed}.`;
  const chapters = reports.map(({ section, report }) => `## ${TITLES[section]}\n\n${report.markdown}`);
  return {
    data: {
      ...size,
      resamples: options.resamples,
      ...Object.fromEntries(reports.map(({ section, report }) => [section, report.data])),
    },
    markdown: `${[intro, ...chapters].join('\n\n')}\n`,
    failed,
    chart: panels.length === 0 ? undefined : drawChart(panels),
  };
}

/** Remembers what was held out, since calibration looks at the same folds as the pools. */
function holdOutOnce(bench: Bench, run: RunFold): SectionInput['holdOutAll'] {
  const known = new Map<string, Promise<HeldOutFold[]>>();
  return (pool, split, { tuning = split === 'cross-validated' ? 'refitted' : 'held back', only } = {}) => {
    const key = JSON.stringify([pool.name, split, tuning, only]);
    const held = known.get(key) ?? heldOutFolds(bench, run, { pool, split, tuning, only });
    known.set(key, held);
    return held;
  };
}

/** Real prompts, one after the other, for prompts of any length to be cut from. */
async function corpusOf({ definitions, read }: BenchData): Promise<string> {
  const source = [...definitions.values()][0]?.src[0];
  const rows = source === undefined ? [] : await read(source);
  const corpus = rows.map(({ prompt }) => prompt.text).join('\n\n');
  return corpus.padEnd(LONGEST_PROMPT, corpus === '' ? 'word ' : corpus);
}
