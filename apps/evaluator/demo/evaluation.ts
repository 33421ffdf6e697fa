import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type EvaluationReport, evaluationReportSchema, type MetricComparison } from '@pointsman/contracts';
import { startEmulator } from '@pointsman/provider-emulator';
import { z } from 'zod';
import { starterCases } from '../src/benchmarks/starter-cases.ts';
import { emulatedWorld } from './evaluation/emulated-world.ts';
import { countPaidCalls, type PaidCalls } from './evaluation/paid-calls.ts';
import { type Finished, runToItsEnd } from './evaluation/run-pointsman.ts';

// A full evaluation of one new model against a baseline, as a user runs it: the real command line, a real database, a real
// queue; only the models are emulated, with limits and latencies like those of providers. It is killed on the way.

const { values } = parseArgs({
  options: {
    /** A limit of the judge's requests a minute; contestants have the same. */
    'requests-per-minute': { type: 'string', default: '6000' },
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

async function main(): Promise<void> {
  const folder = values.out ?? (await mkdtemp(join(tmpdir(), 'pointsman-evaluation-')));
  await mkdir(folder, { recursive: true });
  // As root the embedded PostgreSQL runs under another user, who must be able to enter.
  await chmod(folder, 0o755);
  const cases = await starterCases();
  const world = emulatedWorld(cases, ABILITIES);
  const paid = countPaidCalls(({ model }) => WANTED[model] ?? samples);
  const limits = { requestsPerMinute: perMinute, tokensPerMinute: perMinute * TOKENS_PER_REQUEST };
  const emulator = await startEmulator({
    pace: 'lifelike',
    respond: world.respond,
    onServed: paid.onServed,
    limits: Object.fromEntries([BASELINE, CANDIDATE, JUDGE].map((id) => [upstream(id), limits])),
    keepRequests: 1,
  });
  const around = {
    cwd: folder,
    env: {
      POINTSMAN_DATA_DIR: join(folder, 'data'),
      POINTSMAN_EMULATOR: 'on',
      POINTSMAN_EMULATOR_URL: emulator.url,
    },
  };
  const evaluate = (name: string, args: string[], times = 0): Promise<Finished> => {
    const before = paid.read().delivered;
    const progress = () => (paid.read().delivered - before) / (cases.length * (1 + samples));
    return runToItsEnd(
      ['eval', 'run', '--benchmark', 'starter@1', '--judge', JUDGE, '--samples', `${samples}`, ...args, '--out', name],
      { ...around, kills: times, progress, out: name },
    );
  };
  try {
    say(`${cases.length} cases, ${samples} samples of the judge, ${perMinute} requests a minute for each model.`);
    const baseline = await evaluate('baseline', ['--models', BASELINE, '--label', 'branch=main']);
    say(`Baseline: ${seconds(baseline.wallMs)}.`);
    const before = paid.read();
    const candidate = await evaluate('candidate', ['--models', CANDIDATE, '--baseline', 'auto'], kills);
    const after = paid.read();
    // Contestant and judge have limits of their own and work side by side: the judge's is what takes longest.
    const judged = after.delivered - before.delivered - cases.length;
    const boundMs = (judged / perMinute) * 60_000;
    tellCandidate(await reportsIn(folder, 'candidate'), candidate, { before, after, boundMs });
    const same = await evaluate('same', ['--models', BASELINE, '--replicate', '1', '--baseline', 'auto']);
    say(`\nA/A: the baseline again, asked anew: ${seconds(same.wallMs)}, exit ${same.exitCode}.`);
    tellMetrics(await reportsIn(folder, 'same'));
  } finally {
    await emulator.close();
    if (values.out === undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function reportsIn(folder: string, name: string): Promise<EvaluationReport[]> {
  const text = await readFile(join(folder, name, 'report.json'), 'utf8');
  return z.array(evaluationReportSchema).parse(JSON.parse(text));
}

type Figures = { before: PaidCalls; after: PaidCalls; boundMs: number };

function tellCandidate(reports: EvaluationReport[], run: Finished, { before, after, boundMs }: Figures): void {
  say(`\nCandidate: ${seconds(run.wallMs)} in all, killed with SIGKILL ${run.kills} times, exit ${run.exitCode}.`);
  say(`  The judge's limit alone takes ${seconds(boundMs)}: ${(run.wallMs / boundMs).toFixed(2)} times that.`);
  say(
    `  Calls delivered ${after.delivered - before.delivered}, of these delivered twice ${after.repeated - before.repeated}.`,
  );
  say(
    `  Cut off by the kills, perhaps charged by a provider: ${after.cutOff - before.cutOff}. Refused for limits: ${after.refused - before.refused}.`,
  );
  const verdict = reports.map((report) => report.verdict).join(', ');
  say(`  Verdict ${verdict}; planted: half of its longer answers cut short.`);
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
