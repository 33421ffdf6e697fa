import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { shippedArtefactDir } from '../src/shipped-artefact.ts';
import { PAIR_POOL } from './bench.ts';
import { readPoolDefinitions, sourceReader } from './data/read-pools.ts';
import { type BenchReport, runBench, SECTIONS, type Section } from './run-bench.ts';
import { startFoldThreads } from './splits/fold-threads.ts';

const USAGE = `npm run bench:router -- [options]

Measures ways to route side by side on the shared routing data. Writes router.json, router.md and router.svg.

  --out DIR        where to write; default a folder of the system's temporary directory
  --only A,B       sections: ${SECTIONS.join(', ')}; default all
  --pools A,B      pools to measure; default all of pools.json but routellm_pair
  --unseen A,B     pools whose domains and sources are also left out in turn; default unified_7
  --folds N        folds of cross-validation; default 5
  --resamples N    bootstrap resamples; default 200
  --threads N      folds worked out side by side; default 2
  --seed N         default 1
  --artefact DIR   artefact whose latency is measured; may be given several times; default the shipped one
  --quick          a small look: few rows, folds and resamples
`;

const MAIN_POOL = 'unified_7';

const { values: flags } = parseArgs({
  options: {
    out: { type: 'string' },
    only: { type: 'string' },
    pools: { type: 'string' },
    unseen: { type: 'string' },
    threads: { type: 'string' },
    folds: { type: 'string' },
    resamples: { type: 'string' },
    seed: { type: 'string', default: '1' },
    artefact: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const QUICK = {
  training: { buckets: 2_048, latent: 32, folds: 3 },
  folds: 2,
  resamples: 20,
  mostRowsPerSource: 800,
  predictions: 50,
};
const FULL = { training: undefined, folds: 5, resamples: 200, mostRowsPerSource: undefined, predictions: 400 };

async function main(): Promise<void> {
  const folder = routingDataFolder();
  const definitions = await readPoolDefinitions(folder);
  const { resamples, predictions, folds, ...size } = flags.quick ? QUICK : FULL;
  const options = {
    ...size,
    folds: wholeNumber('folds', flags.folds, folds),
    seed: wholeNumber('seed', flags.seed, 1),
  };
  // The pair is measured source by source.
  const defaultPools = flags.quick ? [MAIN_POOL] : [...definitions.keys()].filter((name) => name !== PAIR_POOL);
  const threads = startFoldThreads(wholeNumber('threads', flags.threads, 2), { folder, options }, say);
  try {
    const report = await runBench({ definitions, read: sourceReader(folder), runFold: threads.run }, options, {
      sections: flags.only === undefined ? SECTIONS : listed(flags.only).map(sectionNamed),
      pools: flags.pools === undefined ? defaultPools : listed(flags.pools),
      unseen: listed(flags.unseen ?? (flags.quick ? '' : MAIN_POOL)),
      resamples: wholeNumber('resamples', flags.resamples, resamples),
      predictions,
      artefactDirs: flags.artefact ?? [shippedArtefactDir()],
      onProgress: say,
    });
    await write(report, flags.out ?? join(tmpdir(), 'pointsman-bench-router'));
  } finally {
    await threads.stop();
  }
}

async function write({ data, markdown, chart, failed }: BenchReport, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'router.json'), `${JSON.stringify(data, null, 1)}\n`);
  await writeFile(join(folder, 'router.md'), markdown);
  if (chart !== undefined) await writeFile(join(folder, 'router.svg'), chart);
  process.stdout.write(markdown);
  say(`written to ${folder}`);
  if (failed.length === 0) return;
  say(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}

function say(message: string): void {
  const seconds = (performance.now() / 1_000).toFixed(0);
  process.stderr.write(`[${seconds} s] ${message}\n`);
}

function routingDataFolder(): string {
  const shared = process.env.POINTSMAN_SHARED_DIR ?? fileURLToPath(new URL('../../../../shared', import.meta.url));
  const folder = join(shared, 'data', 'router');
  if (existsSync(join(folder, 'pools.json'))) return folder;
  throw new Error('the shared routing data is missing: set POINTSMAN_SHARED_DIR to the folder that holds data/router');
}

const listed = (names: string): string[] => names.split(',').filter((name) => name !== '');

function sectionNamed(name: string): Section {
  const section = SECTIONS.find((known) => known === name);
  if (section === undefined) throw new Error(`no section ${name}; there are ${SECTIONS.join(', ')}`);
  return section;
}

function wholeNumber(flag: string, given: string | undefined, standard: number): number {
  const value = given === undefined ? standard : Number(given);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${flag} is a whole number above 0, got ${given}`);
  return value;
}

if (flags.help) process.stdout.write(USAGE);
else await main();
