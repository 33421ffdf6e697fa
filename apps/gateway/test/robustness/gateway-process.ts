import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const MAIN = resolve(import.meta.dirname, '../../src/main.ts');
const NODE_FLAGS = ['--disable-warning=ExperimentalWarning', '--conditions=@pointsman/source'];
const START_TIMEOUT_MS = 60_000;

export type Exit = { code: number | null; signal: NodeJS.Signals | null };

export type GatewayProcess = {
  child: ChildProcess;
  /** `http://127.0.0.1:port` */
  origin: string;
  baseURL: string;
  /** The key that the first run on a database shows; empty on every later one. */
  apiKey: string;
  stdout(): string;
  stderr(): string;
  /** Sends the signal and waits for the end. */
  stop(signal: NodeJS.Signals): Promise<Exit>;
};

export type GatewayProcessOptions = {
  /** Working directory and data folder; see the testkit's `temporaryFolder`. */
  folder: string;
  env?: Record<string, string>;
  /** The configuration file. */
  yaml?: string;
  nodeFlags?: string[];
};

type Running = { child: ChildProcess; stdout(): string; stderr(): string; ended: Promise<Exit> };

/** Runs the gateway as an installation would, on any free port; nothing of this environment but the path reaches it. */
async function run({ folder, env, yaml, nodeFlags = [] }: GatewayProcessOptions): Promise<Running> {
  if (yaml !== undefined) await writeFile(join(folder, 'pointsman.config.yaml'), yaml);
  const child = spawn(process.execPath, [...NODE_FLAGS, ...nodeFlags, MAIN], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, POINTSMAN_PORT: '0', ...env },
  });
  const out: string[] = [];
  const err: string[] = [];
  child.stdout?.on('data', (bytes: Buffer) => out.push(bytes.toString()));
  child.stderr?.on('data', (bytes: Buffer) => err.push(bytes.toString()));
  const ended = new Promise<Exit>((done, fail) => {
    child.once('error', fail);
    child.once('close', (code, signal) => done({ code, signal }));
  });
  return { child, stdout: () => out.join(''), stderr: () => err.join(''), ended };
}

/** Starts the gateway and waits until it has said where it is. */
export async function startGatewayProcess(options: GatewayProcessOptions): Promise<GatewayProcess> {
  const running = await run(options);
  const { child, stdout, stderr, ended } = running;
  const origin = await untilUp(running);
  return {
    child,
    origin,
    baseURL: `${origin}/v1`,
    apiKey: /API key +(\S+)/.exec(stdout())?.[1] ?? '',
    stdout,
    stderr,
    stop(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** Runs a gateway that is expected to end by itself. */
export async function runGatewayProcess(
  options: GatewayProcessOptions,
): Promise<Exit & { stdout: string; stderr: string }> {
  const { child, stdout, stderr, ended } = await run(options);
  const late = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS);
  const exit = await ended;
  clearTimeout(late);
  return { ...exit, stdout: stdout(), stderr: stderr() };
}

/** The last line of what it prints is the line to paste: after it the rest is there, too. */
function untilUp({ child, stdout, stderr, ended }: Running): Promise<string> {
  return new Promise((done, fail) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      fail(new Error(`the gateway did not start in time:\n${stdout()}${stderr()}`));
    }, START_TIMEOUT_MS);
    child.stdout?.on('data', () => {
      const origin = /curl (http:\S+)\/v1\/chat/.exec(stdout())?.[1];
      if (origin === undefined) return;
      clearTimeout(late);
      done(origin);
    });
    void ended.then(({ code, signal }) => {
      clearTimeout(late);
      fail(new Error(`the gateway ended with ${code ?? signal}:\n${stdout()}${stderr()}`));
    });
  });
}
