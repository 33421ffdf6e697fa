import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runCli } from '../src/run-cli.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export type Ran = { code: number | null; stdout: string; stderr: string };
export type RunOptions = { env?: Record<string, string>; cwd: string; input?: string; stop?: AbortSignal };

/** Runs the same command line inside this process: everything is real but the process around it, in a tenth of the time. */
export async function runInProcess(args: readonly string[], options: RunOptions): Promise<Ran> {
  const ran = { stdout: '', stderr: '' };
  const code = await runCli(args, {
    env: options.env ?? {},
    directory: options.cwd,
    now: () => Date.now(),
    write: (text) => {
      ran.stdout += text;
    },
    writeError: (text) => {
      ran.stderr += text;
    },
    readInput: async () => options.input ?? '',
    untilStopped: () => options.stop ?? new AbortController().signal,
  });
  return { code, ...ran };
}

/** Runs the real command line as a process of its own, with nothing in its environment but what is given. */
export function runPointsman(args: readonly string[], options: RunOptions): Promise<Ran> {
  const flags = ['--disable-warning=ExperimentalWarning', '--conditions=@pointsman/source'];
  const child = spawn(process.execPath, [...flags, MAIN, ...args], {
    cwd: options.cwd,
    env: { PATH: process.env.PATH, ...options.env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.end(options.input ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
