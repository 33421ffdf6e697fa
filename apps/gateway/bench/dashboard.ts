import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { utcDay } from '@pointsman/contracts';
import { openDatabase, startEmbeddedPostgres } from '@pointsman/db';
import { decisionGenerator } from '@pointsman/db/testing';
import { quantile } from '@pointsman/statistics';
import { table } from '../demo/report.ts';
import { startGateway, type TestGateway } from '../test/start-gateway.ts';
import { trafficPattern } from './traffic-pattern.ts';

// The dashboard's answers over the records of the reference company: 320 clients, 25 days, 30 million decisions, which are
// generated in a PostgreSQL of the benchmark's own. --rows scales them down; --dir says where there is room for them.
// With --keep the database stays, for --reuse to fill what was interrupted and to measure again.

const DAY_MS = 86_400_000;
const CLIENTS = 320;
const CLIENT_NAME = 'client ';
const MOST_KEYS = 4;
const MODELS = 29;
const DAYS = 25;
/** With indexes, roll-ups and what a recount sorts on disk. */
const BYTES_PER_ROW = 1600;
const ROUNDS = 60;

const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '30000000' },
    dir: { type: 'string', default: tmpdir() },
    keep: { type: 'boolean', default: false },
    reuse: { type: 'string' },
  },
});
const say = (text = '') => process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const rows = Number(flags.rows);
  if (flags.reuse === undefined) await mustFit(rows * BYTES_PER_ROW);
  const folder = flags.reuse ?? (await mkdtemp(join(flags.dir, 'pointsman-dashboard-')));
  // As root the embedded PostgreSQL runs under another user, who must be able to enter.
  await chmod(folder, 0o755);
  const settings = { fsync: 'off', synchronous_commit: 'off', max_wal_size: '4GB' };
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), settings });
  try {
    const gateway = await startGateway({ databaseUrl: server.url });
    try {
      if (flags.reuse === undefined) await addClients(gateway);
      await fill(gateway, rows);
      process.exitCode = await measure(gateway);
    } finally {
      await gateway.close();
    }
  } finally {
    await server.stop();
    if (flags.keep) say(`\nkept in ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

async function mustFit(bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(flags.dir);
  const gigabytes = (size: number) => `${(size / 1e9).toFixed(1)} GB`;
  if (bavail * bsize < bytes) {
    throw new Error(
      `${flags.rows} decisions need about ${gigabytes(bytes)} and ${flags.dir} has ${gigabytes(bavail * bsize)}; name another --dir or fewer --rows`,
    );
  }
}

type BenchClient = { id: string; keyIds: string[] };

async function addClients({ deps }: TestGateway): Promise<void> {
  const { clients, keys } = deps.repositories;
  for (let index = 0; index < CLIENTS; index += 1) {
    const { id } = await clients.create({ name: `${CLIENT_NAME}${index + 1}` });
    for (let key = 0; key <= index % MOST_KEYS; key += 1) await keys.issue({ clientId: id, name: `key ${key + 1}` });
  }
}

async function findClients({ deps }: TestGateway): Promise<BenchClient[]> {
  const keys = await deps.repositories.keys.list();
  const clients = (await deps.repositories.clients.list()).filter(({ name }) => name.startsWith(CLIENT_NAME));
  return clients.map(({ id }) => ({
    id,
    keyIds: keys.filter(({ clientId }) => clientId === id).map((key) => key.id),
  }));
}

async function fill(gateway: TestGateway, rows: number): Promise<void> {
  const { catalog } = gateway.deps.pipeline.directory();
  const models = catalog.models.filter(({ kind }) => kind === 'chat').map(({ id }) => id);
  const database = openDatabase({ url: gateway.databaseUrl });
  const generator = await decisionGenerator(
    database,
    trafficPattern(await findClients(gateway), models.slice(0, MODELS)),
  );
  const started = performance.now();
  for (let day = DAYS - 1; day >= 0; day -= 1) {
    await generator.fillDay(utcDay(Date.now() - day * DAY_MS), Math.ceil(rows / DAYS));
    const seconds = (performance.now() - started) / 1000;
    process.stderr.write(`day ${DAYS - day} of ${DAYS} filled after ${seconds.toFixed(0)} s\n`);
  }
  await generator.analyse();
  await generator.close();
  await database.close();
  say(`${flags.rows} decisions of ${CLIENTS} clients in ${DAYS} days, ${Math.min(MODELS, models.length)} models\n`);
}

type Question = { name: string; path(clientId: string, round: number): string; mostMs: number };

async function questions(gateway: TestGateway): Promise<Question[]> {
  const { decisions } = gateway.deps.repositories;
  const sample = await decisions.list({ limit: ROUNDS });
  const earlier = await decisions.list({ limit: ROUNDS, to: new Date(Date.now() - 10 * DAY_MS).toISOString() });
  const ids = [...sample.decisions, ...earlier.decisions].map(({ id }) => id);
  const overview = (name: string, query: (clientId: string) => string): Question => ({
    name: `overview, ${name}`,
    path: (clientId) => `/api/overview?${query(clientId)}`,
    mostMs: 300,
  });
  const models = (name: string, path: (clientId: string) => string): Question => ({
    name: `models, ${name}`,
    path: (clientId) => `/api/model-${path(clientId)}`,
    mostMs: 300,
  });
  return [
    overview('a client, by model', (id) => `client=${id}`),
    overview('a client, by tag', (id) => `client=${id}&by=tag`),
    overview('all clients, by model', () => 'by=model'),
    overview('all clients, by client', () => 'by=client'),
    overview('all clients, by key', () => 'by=key'),
    overview('all clients, by tag', () => 'by=tag'),
    models('plane of the router, a client', (id) => `plane?client=${id}`),
    models('plane of traffic, a client', (id) => `plane?source=traffic&client=${id}`),
    models('plane of traffic, all clients', () => 'plane?source=traffic'),
    models('plane of traffic, all clients, a domain', () => 'plane?source=traffic&domain=legal'),
    models('board of the router by domain', () => 'board?by=domain'),
    models('board of traffic by domain, a client', (id) => `board?source=traffic&by=domain&client=${id}`),
    models('board of traffic by task, all clients', () => 'board?source=traffic&by=task'),
    { name: 'requests, a page of a client', path: (id) => `/api/decisions?client=${id}&limit=50`, mostMs: 300 },
    { name: 'one decision', path: (_, round) => `/api/decisions/${ids[(round * 7) % ids.length]}`, mostMs: 50 },
  ];
}

/** Asks one question after the other, of clients large and small; 1 when one of them is answered too slowly. */
async function measure(gateway: TestGateway): Promise<number> {
  const clients = await findClients(gateway);
  const rows: string[][] = [];
  let tooSlow = 0;
  for (const { name, path, mostMs } of await questions(gateway)) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const client = clients[Math.floor((round / ROUNDS) ** 3 * clients.length)];
      if (client === undefined) continue;
      const started = performance.now();
      const response = await fetch(`${gateway.origin}${path(client.id, round)}`, {
        headers: { authorization: `Bearer ${gateway.apiKey}` },
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${name}: ${response.status} ${text.slice(0, 300)}`);
      times.push(performance.now() - started);
    }
    const p95 = quantile(times, 0.95);
    if (p95 > mostMs) tooSlow = 1;
    rows.push([name, quantile(times, 0.5).toFixed(1), p95.toFixed(1), String(mostMs)]);
  }
  say(table([['', 'p50 ms', 'p95 ms', 'at most'], ...rows]));
  return tooSlow;
}

await main();
