import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export type Ran = { code: number | null; stdout: string; stderr: string };

/** Runs the real command line as a process of its own, with nothing in its environment but what is given. */
export function runPointsman(
  args: readonly string[],
  options: { env?: Record<string, string>; cwd: string; input?: string },
): Promise<Ran> {
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
