import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REPLY_HEADERS } from '@pointsman/contracts';
import { findEmbeddedPostgres, openDatabase, repositories } from '@pointsman/db';
import { type Emulator, startEmulator } from '@pointsman/provider-emulator';
import { freePort, temporaryFolder } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { collect } from '../collect.ts';
import { providersYaml } from '../start-gateway.ts';
import { type GatewayProcess, runGatewayProcess, startGatewayProcess } from './gateway-process.ts';
import { METERED_YAML } from './metered-models.ts';
import { postChat } from './post-chat.ts';
import { readEvents } from './read-events.ts';
import { runClient } from './run-client.ts';

// Processes are started here, beside whatever else the machine is doing.
vi.setConfig({ testTimeout: 60_000 });

// The gateway as `npm start` runs it: nothing but a folder of its own, in which it keeps its PostgreSQL.

const execute = promisify(execFile);

const LINK = /http:\/\/127\.0\.0\.1:\d+\/welcome\?token=(inv_\S{40,})/;

describe('the first start in an empty folder', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let gateway: GatewayProcess;
  beforeAll(async () => {
    folder = await temporaryFolder();
    gateway = await startGatewayProcess({ folder: folder.path });
  });
  afterAll(async () => {
    gateway.child.kill('SIGINT');
    await gateway.stop('SIGINT');
    await folder.remove();
  });

  test("says where it is, what answers, and shows the key and the operator's link once", () => {
    const said = gateway.stdout();
    expect(said).toContain(`Base URL   ${gateway.baseURL}`);
    expect(said).toContain(`Admin API  ${gateway.origin}/api/reference`);
    expect(said).toMatch(/Models +[1-9]\d+ \(EMULATED: no provider key is set\), router [0-9a-f]{12}/);
    expect(said).toMatch(/shown once/);
    expect(said.match(/API key +pm_\S{40,}/g)).toHaveLength(1);
    expect(said.match(new RegExp(LINK, 'g'))).toHaveLength(1);
    expect(said).toContain('operator@pointsman.example');
  });

  test('warns where it logs that the models are emulated, and logs no secret', async () => {
    await vi.waitUntil(() => gateway.stderr().includes('EMULATED'), { timeout: 5000, interval: 5 });
    expect(gateway.stderr()).toMatch(/warn +The models are EMULATED.*Set OPENAI_API_KEY/);
    expect(gateway.stderr()).not.toMatch(/pm_|inv_/);
  });

  test('prints a curl line that works as it is when bash runs it', async () => {
    const line =
      gateway
        .stdout()
        .split('\n')
        .find((each) => each.trim().startsWith('curl ')) ?? '';
    const { stdout } = await execute('bash', ['-c', `${line.trim()} --silent --show-error --fail-with-body`]);
    expect(JSON.parse(stdout)).toMatchObject({
      object: 'chat.completion',
      choices: [{ message: { role: 'assistant', content: expect.stringContaining('Why is the sky blue?') } }],
    });
  });

  test('lets its operator sign in with what was shown', async () => {
    const post = async (path: string, body: unknown) => {
      const headers = { 'content-type': 'application/json' };
      const reply = await fetch(`${gateway.origin}/api${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      return [reply.status, await reply.json()];
    };
    const [, token] = LINK.exec(gateway.stdout()) ?? [];
    const email = 'operator@pointsman.example';
    expect(await post('/invitations/accept', { token, password: 'correct horse' })).toEqual([200, { email }]);
    expect(await post('/sign-in', { email, password: 'correct horse' })).toMatchObject([
      200,
      { token: expect.any(String), role: 'operator' },
    ]);
  });

  test('is the only one of its folder: a second start says who has it', async () => {
    const { code, stderr } = await runGatewayProcess({ folder: folder.path });
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`in use by process ${gateway.child.pid}\\. Stop that process first`));
    expect((await fetch(`${gateway.origin}/livez`)).status).toBe(200);
  });

  test('is ended by Ctrl-C, cleanly and with nothing left running', async () => {
    expect(await gateway.stop('SIGINT')).toEqual({ code: 0, signal: null });
    expect(gateway.stderr()).toMatch(/stopping.*\n.*stopped/);
    expect(await findEmbeddedPostgres(join(folder.path, '.pointsman/postgres'))).toBeUndefined();
  });
});

describe('an installation with records', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let emulator: Emulator;
  let gateway: GatewayProcess;
  let apiKey: string;
  const start = (more = '') =>
    startGatewayProcess({ folder: folder.path, yaml: `${providersYaml(emulator)}${METERED_YAML}${more}` });
  const target = () => ({ baseURL: gateway.baseURL, apiKey });

  beforeAll(async () => {
    [folder, emulator] = await Promise.all([temporaryFolder(), startEmulator()]);
    gateway = await start();
    apiKey = gateway.apiKey;
  });
  afterAll(async () => {
    await gateway.stop('SIGINT');
    await emulator.close();
    await folder.remove();
  });

  /** Every decision in the database of the folder, which the gateway must be running on. */
  async function storedDecisions() {
    const found = await findEmbeddedPostgres(join(folder.path, '.pointsman/postgres'));
    if (found === undefined) throw new Error('no PostgreSQL runs in the folder');
    const database = openDatabase(found);
    try {
      const { decisions } = await repositories(database).decisions.list({ limit: 500 });
      return decisions;
    } finally {
      await database.close();
    }
  }

  test('drains on SIGINT: a running stream ends whole, no new request is taken, every decision is stored', async () => {
    const client = runClient(target());
    emulator.script({ match: { stream: true }, reply: 'one two three four five six', betweenTokensMs: 150 });
    const stream = await postChat(target(), { model: 'openai/metered', stream: true });
    const events = readEvents(stream);
    await events.next();
    await client.stop();
    const ended = gateway.stop('SIGINT');
    await vi.waitUntil(() => gateway.stderr().includes('stopping'), { timeout: 5000, interval: 5 });
    await expect(postChat(target())).rejects.toThrow();
    let last = '';
    for await (const event of events) last = event;
    expect(last).toBe('[DONE]');
    expect(await ended).toEqual({ code: 0, signal: null });

    gateway = await start();
    emulator.clear();
    const ids = [...client.sent.map((each) => each.decisionId), stream.headers.get(REPLY_HEADERS.decisionId)];
    const stored = await storedDecisions();
    expect(stored.map((decision) => decision.id).sort()).toEqual(ids.sort());
    expect(new Set(stored.map((decision) => decision.outcome))).toEqual(new Set(['answered']));
  });

  test('does not wait for a stream that never ends: its time to drain is bounded, and it is recorded', async () => {
    await gateway.stop('SIGINT');
    gateway = await start('server: { drainMs: 300 }\n');
    emulator.script({ match: { stream: true }, hangAfterChunks: 4, times: 1 });
    const stream = await postChat(target(), { model: 'openai/metered', stream: true });
    const events = readEvents(stream);
    await events.next();
    const startedAtMs = performance.now();
    expect(await gateway.stop('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(performance.now() - startedAtMs).toBeLessThan(5000);
    await expect(collect(events)).rejects.toThrow();

    gateway = await start();
    const id = stream.headers.get(REPLY_HEADERS.decisionId);
    expect((await storedDecisions()).find((decision) => decision.id === id)).toMatchObject({ outcome: 'abandoned' });
  });

  test('starts again within seconds, with its key, and shows no secret a second time', async () => {
    await gateway.stop('SIGINT');
    const startedAtMs = performance.now();
    gateway = await start();
    expect(performance.now() - startedAtMs).toBeLessThan(10_000);
    expect(gateway.stdout()).toContain('POINTSMAN_KEY');
    expect(gateway.stdout()).not.toMatch(/pm_|welcome|First run/);
    expect((await postChat(target(), { model: 'openai/metered' })).status).toBe(200);
  });

  test('recovers from kill -9: PostgreSQL is found again, and what had been written is there', async () => {
    const client = runClient(target());
    await vi.waitUntil(() => client.sent.length > 20, { timeout: 10_000, interval: 5 });
    const sent = (await client.stop()).map((each) => each.decisionId);
    await vi.waitUntil(
      async () => {
        const ids = new Set((await storedDecisions()).map((decision) => decision.id));
        return sent.every((id) => ids.has(id));
      },
      { timeout: 5000, interval: 50 },
    );
    expect(await gateway.stop('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
    const startedAtMs = performance.now();
    gateway = await start();
    expect(performance.now() - startedAtMs).toBeLessThan(15_000);
    expect((await postChat(target(), { model: 'openai/metered' })).status).toBe(200);
    const ids = (await storedDecisions()).map((decision) => decision.id);
    expect(ids).toEqual(expect.arrayContaining(sent));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('recovers from kill -9 of PostgreSQL as well: the gateway says so, and the next start serves', async () => {
    const pid = await readFile(join(folder.path, '.pointsman/postgres/cluster/postmaster.pid'), 'utf8');
    process.kill(Number(pid.split('\n')[0]), 'SIGKILL');
    const reply = await postChat(target(), { model: 'openai/metered' });
    expect(reply.status).toBe(200);
    const id = reply.headers.get(REPLY_HEADERS.decisionId);
    expect(await gateway.stop('SIGINT')).toEqual({ code: 0, signal: null });
    gateway = await start();
    await vi.waitUntil(async () => (await storedDecisions()).some((decision) => decision.id === id), {
      timeout: 5000,
      interval: 50,
    });
  });
});

describe('a start that cannot succeed', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder.remove());

  test('because of its configuration ends with 2 and names every problem, its place and what to do', async () => {
    const { code, stdout, stderr } = await runGatewayProcess({
      folder: folder.path,
      env: { POINTSMAN_PORT: 'eighty', POINTSMAN_LOG_LEVL: 'debug', DATABASE_URL: 'mysql://root:secret@db/x' },
      yaml: 'server:\n  prot: 8080\nemulator: sometimes\n',
    });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^The configuration has 5 problems:/);
    expect(stderr).toMatch(/POINTSMAN_PORT \[environment\]: is not a port \(got eighty\)/);
    expect(stderr).toMatch(/POINTSMAN_LOG_LEVL.*\n +Did you mean POINTSMAN_LOG_LEVEL\?/);
    expect(stderr).toMatch(/DATABASE_URL \[environment\]: is not a postgres/);
    expect(stderr).toMatch(/server\.prot \[pointsman\.config\.yaml:2\].*\n +Did you mean port\?/);
    expect(stderr).toMatch(/emulator \[pointsman\.config\.yaml:3\].*sometimes.*\n +Use one of: auto, on, off/);
    expect(stderr).not.toContain('secret');
  });

  test('because its configuration does not fit the catalogue ends with 2 just the same', async () => {
    const { code, stdout, stderr } = await runGatewayProcess({
      folder: folder.path,
      yaml: 'models:\n  openai/new-model: { contextTokens: 1000 }\n  openai/gpt-4o-mni: { regions: [eu] }\n',
    });
    expect(stderr).toMatch(/The configuration has 2 problems:/);
    expect(stderr).toMatch(/openai\/new-model.*lacks prices/);
    expect(stderr).toMatch(/openai\/gpt-4o-mni.*\n.*openai\/gpt-4o-mini/);
    expect([code, stdout]).toEqual([2, '']);
    expect(await findEmbeddedPostgres(join(folder.path, '.pointsman/postgres'))).toBeUndefined();
  });

  test('because its port is taken says which, and leaves no PostgreSQL behind', async () => {
    const other = createServer();
    const port = await new Promise<number>((taken) =>
      other.listen(0, '127.0.0.1', () => taken((other.address() as AddressInfo).port)),
    );
    onTestFinished(() => void other.close());
    const { code, stderr } = await runGatewayProcess({
      folder: folder.path,
      env: { POINTSMAN_PORT: String(port) },
      yaml: 'emulator: on\n',
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`port ${port}.* is taken.*set PORT to another`, 'i'));
    // Nothing but that: no warning of a part that was cut short by the end.
    expect(stderr).not.toMatch(/warn|error/);
    expect(await findEmbeddedPostgres(join(folder.path, '.pointsman/postgres'))).toBeUndefined();
  });

  test('because its database is not there says so, without the password', async () => {
    const url = `postgres://pointsman:secret@127.0.0.1:${await freePort()}/pointsman`;
    const { code, stderr } = await runGatewayProcess({ folder: folder.path, env: { DATABASE_URL: url }, yaml: '' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/could not start: .*ECONNREFUSED/);
    expect(stderr).not.toContain('secret');
  });
});
