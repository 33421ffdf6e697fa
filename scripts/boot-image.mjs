import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { containerEnv } from './build-stage.mjs';
import { execForm } from './parse-dockerfile.mjs';

const HEALTHY_WITHIN_MS = 60_000;
const STOPPED_WITHIN_MS = 30_000;

/**
 * Runs the last stage's command in a clean environment. A service (one with a health check) must become healthy by its
 * own check and end with code 0 after one SIGTERM; a command must end with code 0.
 * @param {import('./build-stage.mjs').BuiltStage} stage
 * @param {{ baseEnv: NodeJS.ProcessEnv, extraEnv: Record<string, string>, report: (line: string) => void }} options
 * @returns {Promise<void>}
 * @throws {Error} with the program's output when it does not behave
 */
export async function bootImage(stage, { baseEnv, extraEnv, report }) {
  const words = ['ENTRYPOINT', 'CMD'].flatMap((keyword) => {
    const instruction = stage.last.get(keyword);
    return instruction === undefined ? [] : execForm(instruction.value);
  });
  const check = stage.last.get('HEALTHCHECK');
  const cwd = join(stage.root, stage.workdir);
  const env = {
    ...baseEnv,
    ...containerEnv(stage),
    ...extraEnv,
    ...(check === undefined ? {} : { POINTSMAN_PORT: await freePort() }),
  };
  const program = start(words, { cwd, env });
  try {
    if (check !== undefined) {
      const healthyAfterMs = await untilHealthy(execForm(check.value.replace(/^CMD\s+/, '')), { cwd, env, program });
      report(`HEALTHCHECK: healthy after ${healthyAfterMs} ms`);
      program.child.kill('SIGTERM');
    }
    const code = await Promise.race([program.ended, sleep(STOPPED_WITHIN_MS, 'still running', { ref: false })]);
    if (code !== 0) throw new Error(`${words.join(' ')}: ended with ${code}\n${program.output()}`);
    report(`${words.join(' ')}: ended with code 0${check === undefined ? '' : ' after SIGTERM'}`);
  } finally {
    program.child.kill('SIGKILL');
  }
}

/**
 * @param {string[]} words
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 */
function start([command = '', ...args], { cwd, env }) {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {Buffer[]} */
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.stderr.on('data', (chunk) => chunks.push(chunk));
  /** @type {Promise<number | string>} */
  const ended = new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(code ?? String(signal)));
  });
  return { child, ended, output: () => Buffer.concat(chunks).toString('utf8') };
}

/**
 * @param {string[]} check
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, program: ReturnType<typeof start> }} options
 * @returns {Promise<number>} milliseconds
 */
async function untilHealthy([command = '', ...args], { cwd, env, program }) {
  const startedAt = performance.now();
  for (;;) {
    const { status, stdout } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
    const elapsedMs = Math.round(performance.now() - startedAt);
    if (status === 0) return elapsedMs;
    const ended = program.child.exitCode !== null || program.child.signalCode !== null;
    if (ended || elapsedMs > HEALTHY_WITHIN_MS)
      throw new Error(`never healthy (${stdout.trim()})\n${program.output()}`);
    await sleep(250);
  }
}

/** @returns {Promise<string>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? String(address.port) : '0'));
    });
  });
}
