import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashKey, repositories } from '@pointsman/db';
import { shippedCatalog } from '@pointsman/model-catalog';
import { freePort, testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runInProcess, runPointsman } from './run-pointsman.ts';

// A command is a process of a second or two; on a busy machine of ten.
vi.setConfig({ testTimeout: 120_000 });

let storage: ReturnType<typeof repositories>;
let url: string;
let drop: () => Promise<void>;
let cwd: string;
beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  url = test.url;
  drop = test.drop;
  cwd = await mkdtemp(join(tmpdir(), 'pointsman-cli-'));
});
afterAll(async () => {
  await drop();
  await rm(cwd, { recursive: true });
});

/** As a process of its own: once for each thing that only a process shows. */
const spawned = (...args: string[]) => runPointsman(args, { cwd, env: { DATABASE_URL: url } });
const run = (...args: string[]) => runInProcess(args, { cwd, env: { DATABASE_URL: url } });

async function json(...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

/** One sentence on standard error, nothing on standard output. */
async function failure(expected: 1 | 2, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args);
  expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
  return stderr;
}

describe('clients and keys', () => {
  it('are created, shown to people and to programs, and used', async () => {
    const created = await spawned(
      'clients',
      'create',
      'Acme',
      '--budget-day-usd',
      '5',
      '--cache',
      '--regions',
      'eu,us',
    );
    expect(created).toMatchObject({ code: 0, stderr: '' });
    expect(created.stdout).toMatch(/name +Acme\n/);
    expect(await json('clients', 'list')).toMatchObject([
      { name: 'Acme', limits: { budgetDayUsd: 5 }, cache: { enabled: true, ttlSeconds: 3600 }, regions: ['eu', 'us'] },
    ]);
    expect(
      await json('clients', 'update', 'Acme', '--budget-day-usd', 'none', '--requests-per-minute', '60', '--no-cache'),
    ).toMatchObject({
      limits: { requestsPerMinute: 60 },
      cache: { enabled: false },
    });
    const issued = await spawned(
      'keys',
      'issue',
      'Acme',
      '--name',
      'web',
      '--scopes',
      'inference',
      '--expires-days',
      '30',
    );
    const [secret = ''] = issued.stdout.split('\n');
    const holder = await storage.keys.findByHash(hashKey(secret));
    expect(holder).toMatchObject({ key: { name: 'web', scopes: ['inference'] }, client: { name: 'Acme' } });
    const listed = await run('keys', 'list', '--client', 'Acme');
    expect(listed.stdout).toContain(holder?.key.id);
    expect(listed.stdout).not.toContain(secret);
    expect(await json('keys', 'revoke', holder?.key.id ?? '')).toMatchObject({ revokedAt: expect.any(String) });
    expect((await run('clients', 'disable', 'Acme')).stdout).toContain('disabled since');
  });

  it('fail with one sentence and exit code 1 when the operation cannot be done', async () => {
    expect(await failure(1, 'keys', 'issue', 'Nobody')).toMatch(/^error: There is no client [^\n]*\n$/);
    expect(await failure(1, 'clients', 'create', 'X', '--policy', 'defualt')).toContain('Did you mean "default"?');
  });

  it('leave the exit code with the process', async () => {
    expect(await spawned('keys', 'issue', 'Nobody')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^error: /),
    });
    expect(await spawned('clints')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('clients') });
    expect(await spawned('clients', 'list', '--help')).toMatchObject({ code: 0, stderr: '' });
  });

  it('refuse a wrong command line with exit code 2', async () => {
    expect(await failure(2, 'clints', 'list')).toContain('Did you mean clients?');
    expect(await failure(2, 'clients', 'create')).toContain("missing required argument 'name'");
    expect(await failure(2, 'clients', 'create', 'X', '--budget-day-usd', 'much')).toContain('Use a number');
    expect(await failure(2, 'clients', 'list', '--wat')).toContain('--wat');
  });
});

describe('policies', () => {
  it('are put from a file, with flags winning over it', async () => {
    await writeFile(join(cwd, 'policy.yaml'), 'risk: 0.05\nminScores: { overall: 0.8 }\nmaxLatencyMs: 900\n');
    const flags = [
      '--max-latency-ms',
      '500',
      '--min-scores',
      'overall=0.9',
      '--min-scores',
      'tone=0.5',
      '--allowed-models',
      'openai/*,mistral/*',
      '--strict',
    ];
    expect(await json('policies', 'put', 'careful', '--file', 'policy.yaml', ...flags)).toMatchObject({
      name: 'careful',
      risk: 0.05,
      maxLatencyMs: 500,
      minScores: { overall: 0.9, tone: 0.5 },
      allowedModels: ['openai/*', 'mistral/*'],
      strict: true,
    });
    expect((await run('policies', 'list')).stdout).toMatch(/careful +minimise-cost +overall=0.9 tone=0.5/);
    expect((await run('policies', 'remove', 'careful')).code).toBe(0);
  });

  it('name the file that cannot be read or is no policy', async () => {
    await writeFile(join(cwd, 'list.yaml'), '- 1\n');
    expect(await failure(1, 'policies', 'put', 'x', '--file', 'missing.yaml')).toContain('Cannot read missing.yaml');
    expect(await failure(1, 'policies', 'put', 'x', '--file', 'list.yaml')).toContain('does not hold a policy');
  });
});

describe('the catalogue', () => {
  it('is shown, synced from an address and asked for prices', async () => {
    const [model] = shippedCatalog().models;
    const { providers, models } = shippedCatalog();
    const content = {
      providers,
      models: models.map((each) => (each.id === model?.id ? { ...each, name: 'Renamed' } : each)),
    };
    const serve: RequestListener = (request, response) => {
      if (request.url === '/api.json') response.end(JSON.stringify(content));
      else response.writeHead(404).end();
    };
    await withServer(serve, async (address) => {
      const dry = await run('catalog', 'sync', '--from', `${address}/api.json`);
      expect(dry.stdout).toContain('Nothing was changed. Add --apply');
      expect(await json('catalog', 'sync', '--from', `${address}/api.json`, '--apply')).toMatchObject({
        applied: true,
      });
      expect((await run('catalog', 'sync', '--from', `${address}/api.json`)).stdout).toContain('Nothing changes');
      expect(await failure(1, 'catalog', 'sync', '--from', `${address}/other`)).toContain('the server answered 404');
    });
    expect(await failure(1, 'catalog', 'sync', '--from', `http://127.0.0.1:${await freePort()}/x`)).toContain(
      'ECONNREFUSED',
    );
    expect(await json('catalog', 'show', '--provider', model?.provider ?? '')).toMatchObject({ source: 'synced' });
    expect((await run('catalog', 'prices', model?.id ?? '')).stdout).toContain('OUTPUT');
    expect(await failure(1, 'catalog', 'prices', 'gpt-nothing')).toMatch(/^error: The catalogue has no model/);
  });
});

describe('users, usage and decisions', () => {
  it('create a user with a password from standard input, and never print it', async () => {
    const args = ['users', 'create', 'op@example.org', '--role', 'operator', '--password-stdin'];
    const created = await runPointsman(args, { cwd, env: { DATABASE_URL: url }, input: 'correct horse battery\n' });
    expect(created).toMatchObject({ code: 0, stderr: '' });
    expect(created.stdout).not.toContain('correct horse');
    expect(await storage.users.signIn('op@example.org', 'correct horse battery', Date.now())).toBeDefined();
    expect((await run('users', 'list')).stdout).toContain('op@example.org');
  });

  it('make a link for a lost password, and leave what they change in the log of changes', async () => {
    const { stdout } = await run('users', 'link', 'op@example.org');
    const token = /^http:\/\/127\.0\.0\.1:8080\/welcome\?token=(\S+)\n$/.exec(stdout)?.[1] ?? '';
    expect(await storage.invitations.find(token, Date.now())).toMatchObject({ email: 'op@example.org' });
    expect(await failure(1, 'users', 'link', 'nobody@example.org')).toContain('no user with the address');
    const { data } = await storage.auditLog.list({ limit: 2 });
    expect(data).toMatchObject([
      { action: 'pointsman users link', outcome: 'refused' },
      {
        actor: expect.stringMatching(/^command line \(.+\)$/),
        outcome: 'done',
        details: { arguments: ['op@example.org'] },
      },
    ]);
    const issued = (await storage.auditLog.list({ action: 'pointsman keys issue', limit: 9 })).data;
    expect(issued.find(({ outcome }) => outcome === 'done')).toMatchObject({ clientName: expect.any(String) });
  });

  it('say so when there is nothing to show', async () => {
    expect((await run('usage')).stdout).toBe('No requests in this time.\n');
    expect((await run('decisions', 'list')).stdout).toBe('No decisions.\n');
    expect(await failure(1, 'decisions', 'show', 'dec_none')).toContain('There is no decision');
    expect(await failure(1, 'usage', '--by', 'colour')).toContain('by.0');
  });
});

describe('the configuration', () => {
  const check = (env: Record<string, string>, ...args: string[]) =>
    runInProcess(['config', 'check', ...args], { cwd, env });

  it('is checked without a database', async () => {
    const { code, stdout } = await check({
      OPENAI_API_KEY: 'sk-hunter2',
      DATABASE_URL: 'postgres://a:hunter2@127.0.0.1:1/x',
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/openai +on +\d+ +key from OPENAI_API_KEY/);
    expect(stdout).not.toContain('hunter2');
  });

  it('is refused with every problem of environment and file', async () => {
    await writeFile(join(cwd, 'bad.yaml'), 'server: { prot: 1 }\nmodels: { openai/nothing: {} }\n');
    const { code, stderr } = await check({ PORT: 'x' }, '--file', 'bad.yaml');
    expect(code).toBe(1);
    expect(stderr).toContain('2 problems');
    expect(stderr).toContain('Did you mean port?');
  });

  it('is found in the working directory, and elsewhere when an option or a variable says so', async () => {
    const home = await mkdtemp(join(tmpdir(), 'pointsman-config-'));
    await writeFile(join(home, 'pointsman.config.yaml'), 'server: { port: 1111 }\n');
    await writeFile(join(home, 'other.yaml'), 'server: { port: 2222 }\n');
    const portOf = async (env: Record<string, string>, ...args: string[]) => {
      const { stdout } = await runInProcess(['config', 'check', '--json', ...args], { cwd: home, env });
      return (JSON.parse(stdout) as { configuration: { server: { port: number } } }).configuration.server.port;
    };
    expect(await portOf({})).toBe(1111);
    expect(await portOf({ POINTSMAN_CONFIG: 'other.yaml' })).toBe(2222);
    expect(await portOf({}, '--config', join(home, 'other.yaml'))).toBe(2222);
    await rm(home, { recursive: true });
  });

  it('names a file that is not there', async () => {
    const { code, stderr } = await check({ POINTSMAN_CONFIG: 'nowhere.yaml' });
    expect([code, stderr]).toEqual([1, expect.stringContaining('nowhere.yaml: ENOENT')]);
  });
});

describe('storage', () => {
  it('that does not answer is said in one sentence', async () => {
    const env = { DATABASE_URL: `postgres://a:hunter2@127.0.0.1:${await freePort()}/x` };
    const { code, stderr } = await runInProcess(['clients', 'list'], { cwd, env });
    expect([code, stderr.trim().split('\n').length]).toEqual([1, 1]);
    expect(stderr).toContain('database is unavailable');
    expect(stderr).not.toContain('hunter2');
  });

  it('is the embedded database where no other is named, and is stopped afterwards', async () => {
    const home = await mkdtemp(join(tmpdir(), 'pointsman-embedded-'));
    // PostgreSQL may run as another user, who must be able to pass.
    await chmod(home, 0o755);
    try {
      expect(await runPointsman(['clients', 'create', 'Kept'], { cwd: home })).toMatchObject({ code: 0 });
      const { stdout } = await runPointsman(['clients', 'list', '--json'], { cwd: home });
      expect(JSON.parse(stdout)).toMatchObject([{ name: 'Kept' }]);
      const { findEmbeddedPostgres } = await import('@pointsman/db');
      expect(await findEmbeddedPostgres(join(home, '.pointsman', 'postgres'))).toBeUndefined();
    } finally {
      await rm(home, { recursive: true });
    }
  });

  it('that a gateway runs is visited and left running', async () => {
    const home = await mkdtemp(join(tmpdir(), 'pointsman-visited-'));
    await chmod(home, 0o755);
    const { openDatabase, startEmbeddedPostgres } = await import('@pointsman/db');
    const gateway = await startEmbeddedPostgres({ dataDir: join(home, '.pointsman', 'postgres') });
    try {
      expect(await runPointsman(['clients', 'create', 'Visitor'], { cwd: home })).toMatchObject({ code: 0 });
      const database = openDatabase({ url: gateway.url });
      expect(await repositories(database).clients.list()).toMatchObject([{ name: 'Visitor' }]);
      await database.close();
    } finally {
      await gateway.stop();
      await rm(home, { recursive: true });
    }
  });
});

async function withServer(listener: RequestListener, work: (address: string) => Promise<void>): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  try {
    await work(`http://127.0.0.1:${address.port}`);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
