import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname } from 'node:path';

/** npm passes on a Ctrl-C that the terminal has already delivered: within this time both are the same wish. */
const SAME_SIGNAL_MS = 1_000;

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
    ['--disable-warning=ExperimentalWarning', '--conditions=@pointsman/source', `--import=${guard}`, ...nodeArgs, file, ...args],
    {
      cwd: root,
      stdio: 'inherit',
      // A process group of its own: a terminal's Ctrl-C then reaches only this script, which passes it on once.
      detached: process.platform !== 'win32',
      env: {
        ...process.env,
        PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`,
        POINTSMAN_LAUNCHER_PID: String(process.pid),
      },
    },
  );
  const stopForwarding = forwardSignals((signal) => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      stopForwarding();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/**
 * @param {(signal: NodeJS.Signals) => void} deliver called at most once per signal and second
 * @returns {() => void} stops listening
 */
export function forwardSignals(deliver) {
  /** @type {Map<NodeJS.Signals, number>} */
  const lastAt = new Map();
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    const now = performance.now();
    if (now - (lastAt.get(signal) ?? Number.NEGATIVE_INFINITY) < SAME_SIGNAL_MS) return;
    lastAt.set(signal, now);
    deliver(signal);
  };
  for (const signal of FORWARDED) process.on(signal, onSignal);
  return () => {
    for (const signal of FORWARDED) process.off(signal, onSignal);
  };
}
