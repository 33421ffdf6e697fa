import { spawn } from 'node:child_process';

/** How long a process group gets between being asked to stop and being stopped. */
const GRACE_MS = 10_000;

/**
 * Runs a program in a process group of its own, so that stopping it also stops what it started.
 * @param {{ command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv, show: boolean, signal: AbortSignal }} options
 *   `show`: let it write to our output instead of collecting it; `signal`: stops it, SIGTERM first
 * @returns {Promise<{ code: number | null, output: string }>} never rejects: a program that cannot be started has code null
 */
export function runCommand({ command, args, cwd, env, show, signal }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', ...output(show)] });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    /** @type {NodeJS.Timeout | undefined} */
    let kill;
    const stop = () => {
      signalGroup(child.pid, 'SIGTERM');
      kill = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), GRACE_MS);
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    /** @param {number | null} code @param {string} [extra] */
    const finish = (code, extra = '') => {
      clearTimeout(kill);
      signal.removeEventListener('abort', stop);
      resolve({ code, output: Buffer.concat(chunks).toString('utf8') + extra });
    };
    child.on('error', (error) => finish(null, `${command} could not be run: ${error.message}`));
    child.on('close', (code) => finish(code));
  });
}

/**
 * @param {boolean} show
 * @returns {['inherit', 'inherit'] | ['pipe', 'pipe']}
 */
const output = (show) => (show ? ['inherit', 'inherit'] : ['pipe', 'pipe']);

/**
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // The group is gone already: what we wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
