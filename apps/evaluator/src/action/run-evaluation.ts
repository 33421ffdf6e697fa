import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type EvaluationReport, evaluationReportSchema } from '@pointsman/contracts';
import { z } from 'zod';
import { CouldNotRun } from './could-not-run.ts';
import type { ActionEnvironment, ActionInputs } from './read-inputs.ts';

export type EvaluationRequest = Pick<
  ActionInputs,
  'config' | 'benchmark' | 'models' | 'judge' | 'minEffect' | 'alpha'
> & {
  /** A file, absolute. */
  promptFile: string | undefined;
  /** A run's id, or `auto`. */
  baseline: string | undefined;
  maxCostUsd: number | undefined;
  labels: Readonly<Record<string, string>>;
  /** Absolute. */
  outDir: string;
};

/** Evaluates, leaves the reports in `outDir` and resolves to them. @throws {CouldNotRun} when there is no verdict. */
export type RunEvaluation = (request: EvaluationRequest) => Promise<EvaluationReport[]>;

export type CommandOptions = {
  /** Program and first arguments of the command line `pointsman`. */
  command: readonly [string, ...string[]];
  cwd: string;
  env: ActionEnvironment;
  signal: AbortSignal;
  write(text: string): void;
};

const [PASSED, REGRESSION] = [0, 1];

/** Runs `pointsman eval run` as a process of its own, its output shown as it comes. */
export function createRunEvaluation(options: CommandOptions): RunEvaluation {
  return async (request) => {
    const file = join(request.outDir, 'report.json');
    // What an earlier run left must not be taken for this one's.
    await rm(file, { force: true });
    const { code, said } = await runShown(options, argumentsOf(request));
    if (code !== PASSED && code !== REGRESSION) throw new CouldNotRun(whyOf(said, code));
    const reports = await readReports(file, said);
    const hasRegression = reports.some(({ verdict }) => verdict === 'regression');
    if (hasRegression === (code === REGRESSION)) return reports;
    throw new CouldNotRun(`the evaluation ended with ${code}, which its report does not say: ${whyOf(said, code)}`);
  };
}

/** Each value in one word with its option: a value that begins with a dash is still a value. */
function argumentsOf(request: EvaluationRequest): string[] {
  const options: [name: string, value: string | number | undefined][] = [
    ['benchmark', request.benchmark],
    ['models', request.models],
    ['prompt', request.promptFile],
    ['baseline', request.baseline],
    ['judge', request.judge],
    ['max-cost-usd', request.maxCostUsd],
    ['min-effect', request.minEffect],
    ['alpha', request.alpha],
    ...Object.entries(request.labels).map(([name, value]): [string, string] => ['label', `${name}=${value}`]),
    ['out', request.outDir],
  ];
  const given = options.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`]));
  return [...(request.config === undefined ? [] : [`--config=${request.config}`]), 'eval', 'run', ...given];
}

const KEPT_CHARACTERS = 8_000;

type Ended = { code: number | null; said: string };

function runShown({ command, cwd, env, signal, write }: CommandOptions, args: readonly string[]): Promise<Ended> {
  const [program, ...first] = command;
  // Replies of models may pass through the log: nothing that they write is a command to the runner.
  const resume = randomUUID();
  write(`::stop-commands::${resume}\n`);
  const child = spawn(program, [...first, ...args], {
    cwd,
    env: { ...env },
    signal,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', write);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-KEPT_CHARACTERS);
    write(text);
  });
  return new Promise<Ended>((resolve, reject) => {
    child.on('error', (error) => {
      const why = signal.aborted ? 'the job was stopped' : `${program} cannot be started: ${error.message}`;
      reject(new CouldNotRun(why, { cause: error }));
    });
    child.on('close', (code) => resolve({ code, said }));
  }).finally(() => write(`\n::${resume}::\n`));
}

async function readReports(file: string, said: string): Promise<EvaluationReport[]> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new CouldNotRun(`the evaluation left no report: ${whyOf(said, null)}`, { cause: error });
  }
  const parsed = evaluationReportSchema.array().min(1).safeParse(content);
  if (parsed.success) return parsed.data;
  throw new CouldNotRun(`the report ${file} is not what it should be: ${z.prettifyError(parsed.error)}`);
}

/** What the command said last, from its last error on. */
function whyOf(said: string, code: number | null): string {
  const lines = said.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const from = lines.findLastIndex((line) => line.startsWith('error:'));
  const last = (from < 0 ? lines.slice(-8) : lines.slice(from)).join('\n').replace(/^error: (could not run: )?/, '');
  if (last !== '') return last;
  return code === null ? 'it was killed' : `it ended with ${code} and said nothing`;
}
