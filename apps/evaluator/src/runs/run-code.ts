import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { CodeOutcome, CodeProgram, RunCode } from '@pointsman/benchmark';

export type CodeSandbox = {
  /** Wall-clock time for one program, start included. */
  timeoutMs?: number | undefined;
  /** Programs at once: more than there are cores make one another late. */
  parallel?: number | undefined;
  /** Folders where interpreters are looked for. */
  path?: string | undefined;
  /** Where each program's empty folder is made. */
  folder?: string | undefined;
};

const MOST_OUTPUT_BYTES = 1_000_000;
const MOST_ERROR_CHARS = 4_000;

/**
 * A runner of code that a model wrote: a process of its own per program, with an empty environment, an empty temporary
 * folder, limits on memory, processor time and file size, killed with its process group after `timeoutMs` (5 s).
 * JavaScript runs under Node's permission model (no files, processes, workers, add-ons) with code from strings switched
 * off; Python isolated (-I -S). Where the system lets us (Linux, user namespaces), neither has any network.
 *
 * What it does not hold against: a hole in V8, CPython or the kernel. The permission model of Node 24 knows no network,
 * and Python has no permission model: without namespaces the network is kept away only by what the programs themselves
 * take out of reach (packages/benchmark: a bare realm, an audit hook). It measures answers to a benchmark; it is no place
 * for code of somebody who means harm. For that, run the evaluator itself in a container without network and secrets.
 */
export function codeRunner({
  timeoutMs = 5_000,
  parallel = availableParallelism(),
  path = process.env.PATH ?? '',
  folder = tmpdir(),
}: CodeSandbox = {}): RunCode {
  const places = path.split(delimiter);
  const slots = slotsOf(parallel);
  let isolation: Promise<readonly string[]> | undefined;
  return async (program, { signal } = {}) => {
    isolation ??= withoutNetwork(places);
    const interpreter = interpreterOf(program.language, places);
    if ('why' in interpreter) return { status: 'could-not-run', why: interpreter.why };
    const command = [...LIMITED, ...(await isolation), ...interpreter.command];
    return slots.use(() => inEmptyFolder(folder, (cwd) => runProgram(program, { command, cwd, timeoutMs, signal })));
  };
}

type Interpreter = { command: readonly string[] } | { why: string };

function interpreterOf(language: CodeProgram['language'], places: readonly string[]): Interpreter {
  if (language === 'javascript') {
    if (!process.allowedNodeEnvironmentFlags.has('--permission'))
      return { why: `Node ${process.version} has no permission model: Node 24 runs this` };
    return { command: [process.execPath, ...NODE_FLAGS, '-'] };
  }
  const python = findExecutable('python3', places);
  return python === undefined
    ? { why: 'python3 is not installed' }
    : { command: ['/bin/sh', '-c', ADDRESS_SPACE, 'sh', python, '-I', '-S', '-'] };
}

const NODE_FLAGS = [
  '--permission',
  '--disallow-code-generation-from-strings',
  '--max-old-space-size=256',
  '--no-experimental-websocket',
  '--no-warnings',
];

// Node reserves more address space than it uses, so only its data are limited; Python's whole space is.
const LIMITS = 'ulimit -c 0; ulimit -f 0; ulimit -t 10; ulimit -d 1048576; exec "$@"';
const ADDRESS_SPACE = 'ulimit -v 524288; exec "$@"';
const LIMITED = ['/bin/sh', '-c', LIMITS, 'sh'];

function findExecutable(name: string, places: readonly string[]): string | undefined {
  return places
    .filter((place) => place !== '')
    .map((place) => join(place, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** The command that starts another in a network of its own, with nothing in it; none where the system has no such thing. */
async function withoutNetwork(places: readonly string[]): Promise<readonly string[]> {
  const unshare = findExecutable('unshare', places);
  if (unshare === undefined) return [];
  const command = [unshare, '--user', '--map-root-user', '--net'];
  const works = await new Promise<boolean>((resolve) => {
    const probe = spawn(unshare, [...command.slice(1), '/bin/sh', '-c', 'exit 0'], { stdio: 'ignore', env: {} });
    probe.on('error', () => resolve(false));
    probe.on('close', (code) => resolve(code === 0));
  });
  return works ? command : [];
}

async function inEmptyFolder<T>(parent: string, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(parent, 'pointsman-code-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Start = { command: readonly string[]; cwd: string; timeoutMs: number; signal?: AbortSignal | undefined };

function runProgram({ source }: CodeProgram, { command, cwd, timeoutMs, signal }: Start): Promise<CodeOutcome> {
  return new Promise((resolve) => {
    const [file = '', ...args] = command;
    // A group of its own, so that the end of the program is the end of all that it began.
    const child = spawn(file, args, { cwd, env: {}, detached: true, stdio: 'pipe' });
    let stopped: CodeOutcome | undefined;
    const stop = (outcome: CodeOutcome) => {
      stopped ??= outcome;
      killGroup(child.pid);
    };
    const timer = setTimeout(
      () => stop({ status: 'stopped', why: `took longer than ${timeoutMs / 1000} s` }),
      timeoutMs,
    );
    const onAbort = () => stop({ status: 'could-not-run', why: 'the run was cancelled' });
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    const end = (outcome: CodeOutcome) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      killGroup(child.pid);
      resolve(stopped ?? outcome);
    };
    const stdout: Buffer[] = [];
    let bytes = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MOST_OUTPUT_BYTES) stdout.push(chunk);
      else stop({ status: 'stopped', why: `printed more than ${MOST_OUTPUT_BYTES} bytes` });
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = `${stderr}${text}`.slice(0, MOST_ERROR_CHARS);
    });
    // The program may end before it has read itself whole; how it ended says enough.
    child.stdin.on('error', () => undefined);
    child.stdin.end(source);
    child.on('error', (error) => end({ status: 'could-not-run', why: `the sandbox did not start: ${error.message}` }));
    child.on('close', (exitCode) =>
      end({ status: 'ended', exitCode, stdout: Buffer.concat(stdout).toString('utf8'), stderr }),
    );
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // Gone already: ESRCH, or EPERM where the system still counts the dead.
    const isGone = error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM');
    if (!isGone) throw error;
  }
}

/** Lets so many through at once; the others wait their turn. */
function slotsOf(most: number): { use<T>(work: () => Promise<T>): Promise<T> } {
  const waiting: (() => void)[] = [];
  let free = most;
  return {
    async use(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) free += 1;
        else next();
      }
    },
  };
}
