import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type EvaluationReport, evaluationReportSchema, type MetricComparison } from '@pointsman/contracts';
import { type ReceivedRequest, startEmulator } from '@pointsman/provider-emulator';
import { z } from 'zod';
import { starterCases } from '../src/benchmarks/starter-cases.ts';
import { emulatedWorld } from './evaluation/emulated-world.ts';
import { countPaidCalls, type PaidCalls } from './evaluation/paid-calls.ts';
import { type Finished, runToItsEnd } from './evaluation/run-pointsman.ts';

// A full evaluation of one new model against a baseline, as a user runs it: the real command line, a real database, a real
// queue; only the models are emulated, with limits and latencies like those of providers. It is killed on the way.

const { values } = parseArgs({
  options: {
    /** What each model may be asked in the measured run. */
    'requests-per-minute': { type: 'string', default: '3000' },
    samples: { type: 'string', default: '5' },
    kills: { type: 'string', default: '3' },
    out: { type: 'string' },
  },
});
const perMinute = Number(values['requests-per-minute']);
const samples = Number(values.samples);
const kills = Number(values.kills);

const BASELINE = 'openai/gpt-4o-mini';
const CANDIDATE = 'openai/gpt-4.1-mini';
const JUDGE = 'openai/gpt-4.1';
const upstream = (id: string) => id.slice(id.indexOf('/') + 1);

/** Planted: the candidate cuts half of its longer answers short; everything else is equal. */
const ABILITIES = {
  [upstream(BASELINE)]: { right: 0.86, cut: () => 0.1 },
  [upstream(CANDIDATE)]: { right: 0.86, cut: () => 0.5 },
};

/** How often one request is made on purpose: the baseline's by two runs, the judge's for each of its samples. */
const WANTED: Readonly<Record<string, number>> = { [upstream(BASELINE)]: 2, [upstream(CANDIDATE)]: 1 };
/** Room enough that requests are what is short, as at most providers for short prompts. */
const TOKENS_PER_REQUEST = 6_000;

const say = (text: string) => process.stdout.write(`${text}\n`);

type World = ReturnType<typeof emulatedWorld>;

/** Two addresses of one world: with the limits that the measured run has to keep, and without for what only prepares it. */
async function startEmulators(world: World, onServed: (request: ReceivedRequest) => void) {
  const limits = { requestsPerMinute: perMinute, tokensPerMinute: perMinute * TOKENS_PER_REQUEST };
  const options = { pace: 'lifelike', respond: world.respond, onServed, keepRequests: 1 } as const;
  const limited = Object.fromEntries([BASELINE, CANDIDATE, JUDGE].map((id) => [upstream(id), limits]));
  return { free: await startEmulator(options), limited: await startEmulator({ ...options, limits: limited }) };
}

async function main(): Promise<void> {
  const folder = values.out ?? (await mkdtemp(join(tmpdir(), 'pointsman-evaluation-')));
  await mkdir(folder, { recursive: true });
  // As root the embedded PostgreSQL runs under another user, who must be able to enter.
  await chmod(folder, 0o755);
  const cases = await starterCases();
  const world = emulatedWorld(cases, ABILITIES);
  const paid = countPaidCalls(({ model }) => WANTED[model] ?? samples);
  const emulators = await startEmulators(world, paid.onServed);
  const evaluate = (name: string, args: string[], { url, times = 0 }: { url: string; times?: number }) => {
    const before = paid.read().delivered;
    const progress = () => (paid.read().delivered - before) / (cases.length * (1 + samples));
    const env = {
      POINTSMAN_DATA_DIR: join(folder, 'data'),
      POINTSMAN_EMULATOR: 'on',
      POINTSMAN_EMULATOR_URL: url,
    };
    const common = ['--benchmark', 'starter@1', '--judge', JUDGE, '--samples', `${samples}`, '--out', name];
    return runToItsEnd(['eval', 'run', ...common, ...args], { cwd: folder, env, kills: times, progress, out: name });
  };
  try {
    say(`${cases.length} cases, ${samples} samples of the judge.`);
    const free = { url: emulators.free.url };
    const baseline = await evaluate('baseline', ['--models', BASELINE, '--label', 'branch=main'], free);
    say(`Baseline, without limits: ${seconds(baseline.wallMs)}.`);
    const before = paid.read();
    const limited = { url: emulators.limited.url, times: kills };
    const candidate = await evaluate('candidate', ['--models', CANDIDATE, '--baseline', 'auto'], limited);
    const after = paid.read();
    tellCandidate(await reportsIn(folder, 'candidate'), candidate, { before, after, cases: cases.length });
    const same = await evaluate('same', ['--models', BASELINE, '--replicate', '1', '--baseline', 'auto'], free);
    say(`\nA/A: the baseline again, asked anew: ${seconds(same.wallMs)}, exit ${same.exitCode}.`);
    tellMetrics(await reportsIn(folder, 'same'));
  } finally {
    await Promise.all([emulators.free.close(), emulators.limited.close()]);
    if (values.out === undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function reportsIn(folder: string, name: string): Promise<EvaluationReport[]> {
  const text = await readFile(join(folder, name, 'report.json'), 'utf8');
  return z.array(evaluationReportSchema).parse(JSON.parse(text));
}

type Figures = { before: PaidCalls; after: PaidCalls; cases: number };

function tellCandidate(reports: EvaluationReport[], run: Finished, { before, after, cases }: Figures): void {
  const since = (name: keyof PaidCalls) => after[name] - before[name];
  // The judge's calls take longest: a full minute's allowance at once, then the rest as the allowance fills.
  const judged = since('delivered') - since('repeated') - cases;
  const boundMs = ((judged - perMinute) / perMinute) * 60_000;
  say(
    `\nCandidate, at ${perMinute} requests a minute for each model: ${seconds(run.wallMs)} in all, exit ${run.exitCode}.`,
  );
  say(`  ${judged} verdicts take ${seconds(boundMs)} at that limit: ${(run.wallMs / boundMs).toFixed(2)} times that.`);
  say(
    `  Killed with SIGKILL ${run.kills} times. Calls delivered ${since('delivered')}, of these twice ${since('repeated')}.`,
  );
  say(
    `  Cut off by the kills (a provider may charge them): ${since('cutOff')}. Refused for limits: ${since('refused')}.`,
  );
  say('  Planted: half of its longer answers cut short.');
  tellMetrics(reports);
}

function tellMetrics(reports: EvaluationReport[]): void {
  for (const { verdict, metrics } of reports) {
    say(`  ${verdict}`);
    for (const metric of metrics) say(`    ${metricText(metric)}`);
  }
}

function metricText({ metric, verdict, difference, adjustedP }: MetricComparison): string {
  const text =
    difference === undefined || 'tooFew' in difference
      ? 'too few samples'
      : `${difference.estimate.toFixed(4)} [${difference.low.toFixed(4)}, ${difference.high.toFixed(4)}]`;
  return `${metric.padEnd(17)} ${verdict.padEnd(13)} ${text}, p ${adjustedP?.toFixed(4) ?? '-'}`;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(0)} s`;

await main();
