import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** A server under measurement, in a process of its own so that its CPU and memory are its own. */
export type Contender = {
  name: string;
  url: string;
  headers: Record<string, string>;
  model: string;
  /** CPU time used so far, user and system, in microseconds. */
  cpuMicros(): number;
  rssBytes(): number;
  stop(): Promise<void>;
};

const FROM_SOURCE = ['--disable-warning=ExperimentalWarning', '--conditions=@pointsman/source'];
/** Clock ticks per second in /proc; 100 on every Linux that Node runs on. */
const TICKS = 100;

export type Launch = {
  script: string;
  args?: string[];
  /** Arguments of Node itself; those that run TypeScript from source when absent. */
  nodeArgs?: string[];
  env?: Record<string, string>;
  ready: RegExp;
};

/** Starts a script and waits until it says that it is up; gives what `ready` captured. */
export async function launch(launched: Launch): Promise<{ child: ChildProcess; found: RegExpExecArray }> {
  const child = spawn(
    process.execPath,
    [...(launched.nodeArgs ?? FROM_SOURCE), launched.script, ...(launched.args ?? [])],
    {
      env: { ...process.env, ...launched.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let text = '';
  const found = await new Promise<RegExpExecArray>((resolve, reject) => {
    const look = (chunk: Buffer) => {
      text += chunk.toString();
      const match = launched.ready.exec(text);
      if (match !== null) resolve(match);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.once('exit', (code) => reject(new Error(`${launched.script} ended with ${code}:\n${text}`)));
    setTimeout(() => reject(new Error(`${launched.script} was not up within a minute:\n${text}`)), 60_000).unref();
  });
  child.stdout?.removeAllListeners('data').resume();
  child.stderr?.removeAllListeners('data').resume();
  return { child, found };
}

export function contender(
  child: ChildProcess,
  facts: Pick<Contender, 'name' | 'url' | 'headers' | 'model'>,
): Contender {
  const pid = child.pid ?? 0;
  return {
    ...facts,
    cpuMicros() {
      // Fields 14 and 15 after the command, which may itself hold spaces and parentheses.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / TICKS;
    },
    rssBytes() {
      return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
