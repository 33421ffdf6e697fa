import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

const LOOK_MS = 100;

export type Finished = { exitCode: number; wallMs: number; kills: number };

type Plan = {
  cwd: string;
  env: Record<string, string>;
  /** How often the process is killed with SIGKILL before it may finish, evenly over the run. */
  kills: number;
  /** How far the run is, from 0 to 1. */
  progress(): number;
  out: string;
};

/** Runs the command line to its end, resumed after each kill as a user would; what it says of progress goes to our stderr. */
export async function runToItsEnd(
  args: readonly string[],
  { cwd, env, kills, progress, out }: Plan,
): Promise<Finished> {
  const startedAtMs = performance.now();
  let [next, killed] = [args, 0];
  for (;;) {
    const child = start(next, cwd, env);
    const killAt = killed < kills ? (killed + 1) / (kills + 1) : undefined;
    const { exitCode, runId } = await watch(child, () => killAt !== undefined && progress() >= killAt);
    if (exitCode !== undefined) return { exitCode, wallMs: performance.now() - startedAtMs, kills: killed };
    if (runId === undefined) throw new Error('the process was killed before it said which run it is');
    killed += 1;
    next = ['eval', 'resume', runId, '--out', out];
  }
}

function start(args: readonly string[], cwd: string, env: Record<string, string>): ChildProcess {
  const flags = ['--disable-warning=ExperimentalWarning', '--conditions=@pointsman/source'];
  return spawn(process.execPath, [...flags, MAIN, ...args], {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Waits for the end, or kills it once it is due. */
async function watch(child: ChildProcess, isDue: () => boolean): Promise<{ exitCode?: number; runId?: string }> {
  let runId: string | undefined;
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    process.stderr.write(part);
    text = (text + part).slice(-4_000);
    runId = /\b(run_[0-9a-z]+)\b/.exec(text)?.[1] ?? runId;
  });
  const look = setInterval(() => {
    if (runId !== undefined && isDue()) child.kill('SIGKILL');
  }, LOOK_MS);
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  clearInterval(look);
  if (signal === 'SIGKILL') return runId === undefined ? {} : { runId };
  return { exitCode: code ?? 2 };
}
