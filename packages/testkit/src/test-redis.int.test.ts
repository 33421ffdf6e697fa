import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { testRedis } from './test-redis.ts';

afterEach(() => vi.unstubAllEnvs());

const refuses = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(false));
    socket.once('error', () => resolve(true));
  });

describe('Redis for tests', () => {
  it('says what to install when it is missing', async () => {
    vi.stubEnv('PATH', '/no/programs/here');
    vi.stubEnv('POINTSMAN_REQUIRE_ALL', '');
    expect(await testRedis()).toEqual({ available: false, note: 'install redis-server to run these tests' });
    vi.stubEnv('POINTSMAN_REQUIRE_ALL', '1');
    await expect(testRedis()).rejects.toThrow(/install redis-server/);
  });

  it('is found on the PATH, started on a port of its own, and stopped', async () => {
    // Stands in for the program, so that starting and stopping are seen on machines without it.
    const folder = await mkdtemp(`${tmpdir()}/pointsman-redis-`);
    const program = `${folder}/redis-server`;
    const server = `require('node:net').createServer((s) => s.on('data', () => s.write('+PONG\\r\\n'))).listen(process.argv[3], '127.0.0.1')`;
    await writeFile(program, `#!${process.execPath}\n${server}\n`);
    await chmod(program, 0o755);
    vi.stubEnv('PATH', folder);
    const redis = await testRedis();
    if (!redis.available) throw new Error(redis.note);
    expect(redis.value.url).toBe(`redis://127.0.0.1:${redis.value.port}`);
    await redis.value.stop();
    expect(await refuses(redis.value.port)).toBe(true);
    await rm(folder, { recursive: true });
  });
});
