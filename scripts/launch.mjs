import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname } from 'node:path';

/**
 * A Ctrl-C reaches this process from the terminal and again from npm, a closing terminal sends SIGHUP after SIGTERM:
 * within this time all of them are the same wish. A later one is a second wish (stop now) and passes.
 */
const SAME_WISH_MS = 1_000;

const WATCH_PARENT_EVERY_MS = 500;

/** @type {NodeJS.Signals[]} */
const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a TypeScript entry point of the workspace in place of this script: same input and output, each signal delivered
 * once, and never left behind when this process dies.
 * @param {{ root: string, node: string, nodeArgs?: string[], file: string, args: string[] }} options
 * @returns {Promise<number>} the exit code, 128 + the signal's number when one ended it
 */
export function launch({ root, node, nodeArgs = [], file, args }) {
  const guard = new URL('./stop-with-launcher.mjs', import.meta.url).href;
  const child = spawn(
    node,
    [
      '--disable-warning=ExperimentalWarning',
      '--conditions=@pointsman/source',
      `--import=${guard}`,
      ...nodeArgs,
      file,
      ...args,
    ],
    {
      cwd: root,
      stdio: 'inherit',
      // A process group of its own: a terminal's Ctrl-C then reaches only this script, which passes it on once.
      detached: process.platform !== 'win32',
      env: {
        ...process.env,
        PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
        POINTSMAN_LAUNCHER_PID: String(process.pid),
      },
    },
  );
  let asked = false;
  const stopForwarding = forwardSignals((signal) => {
    asked = true;
    child.kill(signal);
  });
  const watch = watchNpm(() => {
    if (!asked) child.kill('SIGTERM');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      stopForwarding();
      clearInterval(watch);
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/**
 * @param {(signal: NodeJS.Signals) => void} deliver called at most once a second; a closed terminal arrives as SIGTERM
 * @returns {() => void} stops listening
 */
export function forwardSignals(deliver) {
  let lastAt = Number.NEGATIVE_INFINITY;
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    const now = performance.now();
    if (now - lastAt < SAME_WISH_MS) return;
    lastAt = now;
    deliver(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
  for (const signal of FORWARDED) process.on(signal, onSignal);
  return () => {
    for (const signal of FORWARDED) process.off(signal, onSignal);
  };
}

/**
 * Under npm the parent is npm itself (the scripts say `exec`): killed with -9 it passes nothing on, so its going is
 * taken as a wish to stop. Started without npm the parent may well leave (nohup), which means nothing.
 * @param {() => void} onGone
 * @returns {NodeJS.Timeout | undefined} for clearInterval
 */
function watchNpm(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, WATCH_PARENT_EVERY_MS);
  return timer;
}
