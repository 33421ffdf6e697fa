import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@pointsman/db/testing';
import { missing, type Requirement } from './requirement.ts';

export type TestRedis = { url: string; port: number; stop(): Promise<void> };

const START_ATTEMPTS = 200;
const START_PAUSE_MS = 25;

function onPath(program: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => `${folder}/${program}`).find((path) => existsSync(path));
}

/** Whether a Redis server answers PING on the port. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.once('data', (data) => finish(data.toString().startsWith('+PONG')));
    socket.once('error', () => finish(false));
  });
}

/**
 * An empty Redis on a free port, in memory only; stop it in `afterAll`.
 * @throws Error when redis-server is not installed under POINTSMAN_REQUIRE_ALL=1, or does not start.
 */
export async function testRedis(): Promise<Requirement<TestRedis>> {
  const program = onPath('redis-server');
  if (program === undefined) return missing('install redis-server to run these tests');
  const port = await freePort();
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn(program, flags, { stdio: 'ignore', cwd: '/' });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  for (let attempt = 0; attempt < START_ATTEMPTS && child.exitCode === null; attempt += 1) {
    if (await answers(port)) return { available: true, value: { url: `redis://127.0.0.1:${port}`, port, stop } };
    await sleep(START_PAUSE_MS);
  }
  await stop();
  throw new Error(`${program} did not start on port ${port}`);
}
