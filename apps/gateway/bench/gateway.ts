import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { quantile } from '@pointsman/statistics';
import { freePort } from '@pointsman/testkit';
import { table } from '../demo/report.ts';
import { type Contender, contender, launch } from './contender.ts';
import { type Load, type Measurement, measure } from './load.ts';

// Interleaved rounds in one run: on a shared machine only ratios of neighbours mean anything. CPU per request is the
// figure to trust; latencies are the machine's mood as much as ours.

const ROOT = join(import.meta.dirname, '../../..');
const STREAM_CHUNKS = 100;
const say = (text = '') => process.stdout.write(`${text}\n`);

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    check: { type: 'boolean', default: false },
    soak: { type: 'string', default: '200000' },
  },
});

async function main(): Promise<void> {
  build();
  const folder = await mkdtemp(join(tmpdir(), 'pointsman-bench-'));
  // As root the embedded PostgreSQL runs under another user, who must be able to enter.
  await chmod(folder, 0o755);
  const emulator = await launch({
    script: join(ROOT, 'packages/provider-emulator/src/main.ts'),
    args: ['--fast'],
    ready: /"url":"([^"]+)"/,
  });
  const upstream = `${emulator.found[1]}/openai/v1`;
  const running: Contender[] = [];
  try {
    const direct = contender(emulator.child, {
      name: 'provider, direct',
      url: upstream,
      headers: { authorization: 'Bearer x' },
      model: 'gpt-4o-mini',
    });
    const floor = await startFloor(upstream);
    running.push(floor);
    const ours = await startOurs(upstream, folder);
    running.push(ours);
    if (flags.check) {
      process.exitCode = await checkRatio(floor, ours);
      return;
    }
    const portkey = await startPortkey(upstream);
    running.push(portkey);
    await compare({ direct, floor, ours, portkey });
    await soak(ours, Number(flags.soak));
  } finally {
    for (const one of running) await one.stop();
    emulator.child.kill('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  }
}

/** Measures what is written, not what was built last week. */
function build(): void {
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-b', 'apps/gateway'], { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the gateway does not build:\n${stdout}`);
}

async function startFloor(upstream: string): Promise<Contender> {
  const { child, found } = await launch({
    script: join(import.meta.dirname, 'floor.ts'),
    args: [upstream],
    ready: /"url":"([^"]+)"/,
  });
  return contender(child, {
    name: 'floor',
    url: `${found[1]}/v1`,
    headers: { authorization: 'Bearer floor' },
    model: 'gpt-4o-mini',
  });
}

/** The product as it is started by hand: embedded database, router model loaded, limits, budgets and decision records on. */
async function startOurs(upstream: string, folder: string): Promise<Contender> {
  const port = await freePort();
  const config = join(folder, 'pointsman.config.yaml');
  await writeFile(
    config,
    `providers:\n  openai:\n    apiKey: bench\n    baseUrl: ${upstream}\nmodels:\n${['fast-stream-100'].map((m) => `  openai/${m}:\n    contextTokens: 128000\n    prices: [{ from: '2024-01-01', inputUsdPerMtok: 0.15, outputUsdPerMtok: 0.6 }]\n`).join('')}`,
  );
  const { child, found } = await launch({
    script: join(ROOT, 'apps/gateway/dist/src/main.js'),
    // As in its image (apps/gateway/Dockerfile): emitted code.
    nodeArgs: ['--max-semi-space-size=16', '--heap-growing-percent=50'],
    env: {
      PORT: String(port),
      POINTSMAN_CONFIG: config,
      POINTSMAN_DATA_DIR: join(folder, 'data'),
      POINTSMAN_EMULATOR: 'off',
      POINTSMAN_LOG_LEVEL: 'error',
    },
    ready: /API key\s+(pm_\S+)/,
  });
  const url = `http://127.0.0.1:${port}`;
  const headers = { authorization: `Bearer ${found[1]}` };
  const clients = (await (await fetch(`${url}/api/clients`, { headers })).json()) as { data: { id: string }[] };
  const limits = {
    requestsPerMinute: 100_000_000,
    tokensPerMinute: 2_000_000_000,
    budgetDayUsd: 10_000,
    budgetMonthUsd: 100_000,
  };
  const patched = await fetch(`${url}/api/clients/${clients.data[0]?.id}`, {
    method: 'PATCH',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ limits }),
  });
  if (!patched.ok) throw new Error(`limits were not set: ${await patched.text()}`);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return contender(child, { name: 'pointsman', url: `${url}/v1`, headers, model: 'openai/gpt-4o-mini' });
}

async function startPortkey(upstream: string): Promise<Contender> {
  const require = createRequire(import.meta.url);
  const script = join(dirname(require.resolve('@portkey-ai/gateway/package.json')), 'build/start-server.js');
  const port = await freePort();
  const { child } = await launch({
    script,
    args: ['--headless', `--port=${port}`],
    ready: /running|Ready|started|listening|localhost/i,
  });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const headers = { authorization: 'Bearer x', 'x-portkey-provider': 'openai', 'x-portkey-custom-host': upstream };
  return contender(child, { name: 'portkey', url: `http://127.0.0.1:${port}/v1`, headers, model: 'gpt-4o-mini' });
}

type Field = { direct: Contender; floor: Contender; ours: Contender; portkey: Contender };

async function compare(field: Field): Promise<void> {
  const gateways = [field.floor, field.ours, field.portkey];
  for (const target of gateways) {
    await measure(target, { connections: 16, requests: 3000, stream: false });
    await measure(target, { connections: 8, requests: 100, stream: true, model: streamModel(target) });
  }
  say(`${flags.rounds} interleaved rounds; medians [quartiles]\n`);
  for (const connections of [1, 16, 64]) {
    const requests = connections === 1 ? 600 : 2500;
    await report(`replies, ${connections} connection${connections === 1 ? '' : 's'}`, [field.direct, ...gateways], {
      connections,
      requests,
      stream: false,
    });
  }
  await report(`streams of ${STREAM_CHUNKS} chunks, 16 connections`, [field.direct, ...gateways], {
    connections: 16,
    requests: 150,
    stream: true,
  });
  await report('streams, 1 connection', [field.direct, ...gateways], { connections: 1, requests: 40, stream: true });
  await reportPrediction(field.ours);
}

const streamModel = (target: Contender) =>
  `${target.name === 'pointsman' ? 'openai/' : ''}fast-stream-${STREAM_CHUNKS}`;

async function report(title: string, targets: readonly Contender[], load: Load): Promise<void> {
  const rounds: Measurement[][] = targets.map(() => []);
  for (let round = 0; round < Number(flags.rounds); round++) {
    for (const [i, target] of targets.entries()) {
      rounds[i]?.push(await measure(target, { ...load, model: load.stream ? streamModel(target) : undefined }));
    }
  }
  const floorAt = targets.findIndex((target) => target.name === 'floor');
  const header = [
    title,
    'CPU us/request',
    'CPU ratio to floor',
    'requests/s',
    load.stream ? 'first chunk p50 ms' : 'p50 ms',
    'p99 ms',
    load.stream ? 'CPU us/chunk' : '',
  ];
  const rows = targets.map((target, i) => {
    const own = rounds[i] ?? [];
    const cpu = own.map((m) => m.cpuMicrosPerRequest);
    const ratios = cpu.map((value, round) => value / (rounds[floorAt]?.[round]?.cpuMicrosPerRequest ?? Number.NaN));
    const perChunk = load.stream
      ? spread(
          cpu.map((value) => value / STREAM_CHUNKS),
          1,
        )
      : '';
    return [
      target.name,
      spread(cpu, 0),
      spread(ratios, 2),
      spread(
        own.map((m) => m.requestsPerSecond),
        0,
      ),
      spread(
        own.map((m) => at(m, 0.5)),
        2,
      ),
      spread(
        own.map((m) => at(m, 0.99)),
        2,
      ),
      perChunk,
    ];
  });
  say(`${table([header, ...rows])}\n`);
}

/** What `auto` adds over naming the model, on the same gateway in turns. */
async function reportPrediction(ours: Contender): Promise<void> {
  const modes = [undefined, 'auto'];
  const rounds: Measurement[][] = modes.map(() => []);
  for (let round = 0; round < Number(flags.rounds); round++) {
    for (const [i, model] of modes.entries())
      rounds[i]?.push(await measure(ours, { connections: 16, requests: 1000, stream: false, model }));
  }
  const rows = modes.map((model, i) => [
    model ?? 'named model',
    spread(
      (rounds[i] ?? []).map((m) => m.cpuMicrosPerRequest),
      0,
    ),
    spread(
      (rounds[i] ?? []).map((m) => at(m, 0.5)),
      2,
    ),
    spread(
      (rounds[i] ?? []).map((m) => at(m, 0.99)),
      2,
    ),
  ]);
  say(`${table([['pointsman, 16 connections', 'CPU us/request (workers included)', 'p50 ms', 'p99 ms'], ...rows])}\n`);
}

/** Memory over many requests, then over many clients that hang up in mid-stream. */
async function soak(ours: Contender, requests: number): Promise<void> {
  const megabytes = () => (ours.rssBytes() / 1_048_576).toFixed(0);
  const samples = [
    ['requests', 'RSS MB'],
    ['0', megabytes()],
  ];
  const step = Math.ceil(requests / 8);
  for (let done = 0; done < requests; done += step) {
    await measure(ours, { connections: 64, requests: step, stream: false });
    samples.push([String(done + step), megabytes()]);
  }
  for (let round = 0; round < 4; round++) {
    await hangUps(ours, 500);
    samples.push([`+${(round + 1) * 500} hang-ups`, megabytes()]);
  }
  say(table(samples));
}

async function hangUps(target: Contender, count: number): Promise<void> {
  for (let done = 0; done < count; done += 50) {
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const abort = new AbortController();
        const body = JSON.stringify({
          model: streamModel(target),
          messages: [{ role: 'user', content: 'x' }],
          stream: true,
        });
        try {
          const reply = await fetch(`${target.url}/chat/completions`, {
            method: 'POST',
            headers: { ...target.headers, 'content-type': 'application/json' },
            body,
            signal: abort.signal,
          });
          await reply.body?.getReader().read();
          abort.abort();
        } catch (error) {
          if (!abort.signal.aborted) throw error;
        }
      }),
    );
  }
}

/** Loose on purpose: a shared machine must not fail a build, a regression must. */
const MOST_TIMES_THE_FLOOR = 4.5;

/** A bad moment of the machine passes, a regression does not: it is looked at twice before it is called one. */
async function checkRatio(floor: Contender, ours: Contender): Promise<number> {
  // The clock of /proc ticks a hundred times a second: a round must last for many ticks, on the floor too.
  const load = { connections: 16, requests: 5000, stream: false };
  for (const target of [floor, ours]) await measure(target, load);
  for (let look = 0; look < 2; look++) {
    const ratios: number[] = [];
    for (let round = 0; round < 7; round++) {
      const base = await measure(floor, load);
      ratios.push((await measure(ours, load)).cpuMicrosPerRequest / base.cpuMicrosPerRequest);
    }
    say(`CPU per request, ratio to the floor: ${spread(ratios, 2)} (at most ${MOST_TIMES_THE_FLOOR})`);
    if (quantile(ratios, 0.5) <= MOST_TIMES_THE_FLOOR) return 0;
  }
  return 1;
}

const at = (measurement: Measurement, p: number) =>
  measurement.latenciesMs[
    Math.min(measurement.latenciesMs.length - 1, Math.floor(measurement.latenciesMs.length * p))
  ] ?? Number.NaN;

const spread = (values: number[], digits: number) =>
  `${quantile(values, 0.5).toFixed(digits)} [${quantile(values, 0.25).toFixed(digits)}, ${quantile(values, 0.75).toFixed(digits)}]`;

await main();
