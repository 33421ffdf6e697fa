import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let folder: string;
let launcher: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pointsman-launch-'));
  writeFileSync(
    join(folder, 'entry.ts'),
    `const up: string = 'up ' + process.pid;
     for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
       process.on(signal, () => { console.log(signal); setTimeout(() => process.exit(7), 300); });
     }
     if (process.argv[2] === 'crash') process.kill(process.pid, 'SIGKILL');
     else if (process.argv[2] !== undefined) process.exit(Number(process.argv[2]));
     console.log(up);
     setInterval(() => {}, 1000);`,
  );
  launcher = join(folder, 'launcher.mjs');
  const launch = new URL('./launch.mjs', import.meta.url).href;
  writeFileSync(
    launcher,
    `import { launch } from ${JSON.stringify(launch)};
     const [, , ...args] = process.argv;
     process.exitCode = await launch({ root: ${JSON.stringify(folder)}, node: process.execPath, file: 'entry.ts', args });`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Launched = { child: ChildProcess; lines: string[]; ended: Promise<number | null> };

function start(...args: string[]): Launched {
  const child = spawn(process.execPath, [launcher, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const lines: string[] = [];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => lines.push(...text.trim().split('\n')));
  return { child, lines, ended: new Promise((resolve) => child.on('exit', resolve)) };
}

async function pidOf({ lines }: Launched): Promise<number> {
  await expect.poll(() => lines[0], { timeout: 10_000 }).toMatch(/^up \d+$/);
  return Number(lines[0]?.slice(3));
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('launch', () => {
  it('passes the exit code through', async () => {
    await expect(start('3').ended).resolves.toBe(3);
  });

  it('answers 128 + 9 for a program that was killed', async () => {
    await expect(start('crash').ended).resolves.toBe(137);
  });

  it('delivers two signals of one wish once, and waits for the program to drain', async () => {
    const launched = start();
    await pidOf(launched);
    launched.child.kill('SIGINT');
    launched.child.kill('SIGTERM');
    await expect(launched.ended).resolves.toBe(7);
    expect(launched.lines.filter((line) => line.startsWith('SIG'))).toHaveLength(1);
  });

  it('turns a closed terminal into an ordinary stop', async () => {
    const launched = start();
    await pidOf(launched);
    launched.child.kill('SIGHUP');
    await launched.ended;
    expect(launched.lines).toContain('SIGTERM');
  });

  it('leaves no program behind when it is killed itself', async () => {
    const launched = start();
    const pid = await pidOf(launched);
    launched.child.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });
});
