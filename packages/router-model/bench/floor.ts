import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Floor } from '../src/floor/floor.ts';
import type { ReplayRequest } from '../src/floor/replay-request.ts';
import { readTaxonomyData } from '../src/taxonomy/read-taxonomy-data.ts';
import type { Pool } from './data/pool.ts';
import { readPool, readPoolDefinitions, sourceReader } from './data/read-pools.ts';
import { halfOf } from './floor/halves.ts';
import { type ReplayTraining, replayPool } from './floor/replay-pool.ts';
import { describePromise, PROMISE_HEADER, type PromiseTrial, resamplePromises } from './floor/resample-promises.ts';
import { describeUnseen, UNSEEN_HEADER, unseenSources } from './floor/unseen-sources.ts';
import { table } from './report/markdown.ts';

const USAGE = `node bench/floor.ts [options]

Shows on the shared routing data how often certified floors are broken, and what becomes of them on sources never seen.

  --out DIR        where to write floor.json and floor.md; default a folder of the system's temporary directory
  --pools A,B      default unified_7,clean_4,routellm_pair
  --only A,B       promises, halves (of the promises, those checked on the other half), unseen; default promises,unseen
  --resamples N    default 1000
  --seed N         default 1
`;

const { values: flags } = parseArgs({
  options: {
    out: { type: 'string' },
    pools: { type: 'string', default: 'unified_7,clean_4,routellm_pair' },
    only: { type: 'string', default: 'promises,unseen' },
    resamples: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

const CONFIDENCE = 0.95;
const shareOfStrongest = (share: number): Floor => ({ kind: 'share-of-strongest', share, confidence: CONFIDENCE });

async function main(): Promise<void> {
  const folder = routingDataFolder();
  const definitions = await readPoolDefinitions(folder);
  const read = sourceReader(folder);
  const seed = Number(flags.seed);
  const training: ReplayTraining = { taxonomy: await readTaxonomyData(), seed };
  const data: Record<string, unknown> = { resamples: Number(flags.resamples), seed };
  const chapters: string[] = [];
  for (const name of flags.pools.split(',')) {
    const definition = definitions.get(name);
    if (definition === undefined) throw new Error(`there is no pool ${name}`);
    const pool = await readPool(name, definition, read);
    const own: Record<string, unknown> = {};
    if (/promises|halves/.test(flags.only)) {
      const { learned, held } = halfOf(pool.rows, seed);
      say(`${name}: training on ${learned.length} of ${pool.rows.length} requests`);
      const requests = (await replayPool(pool, learned, training))(held);
      const isWanted = ({ calibration }: PromiseTrial) => flags.only.includes('promises') || calibration === 'half';
      const trials = trialsOf(requests).filter(isWanted);
      const results = trials.map((trial) => {
        const result = resamplePromises(requests, trial, { resamples: Number(flags.resamples), seed });
        say(describePromise(result).join(' | '));
        return result;
      });
      own.promises = results;
      chapters.push(
        `## ${name}: ${held.length} held-out requests\n\n${table(PROMISE_HEADER, results.map(describePromise))}`,
      );
    }
    if (flags.only.includes('unseen')) own.unseen = await measureUnseen(pool, { training, seed, chapters });
    data[name] = own;
  }
  await write(data, chapters);
}

function trialsOf(requests: readonly ReplayRequest[]): PromiseTrial[] {
  const groups = new Set(requests.map(({ group }) => group)).size;
  const qualities = requests[0]?.candidates.map((_, m) =>
    mean(requests.map(({ candidates }) => candidates[m]?.score ?? Number.NaN)),
  );
  const wrong = 1 - Math.max(...(qualities ?? []));
  const below: Floor = { kind: 'share-below', score: 0.5, share: round(wrong + 0.03), confidence: CONFIDENCE };
  const floors = [shareOfStrongest(0.95), shareOfStrongest(0.98), below];
  const sizes = [300, 1_000].filter((size) => size < groups);
  const mixtures = floors.flatMap((floor) =>
    [...sizes, 'half' as const].map((calibration) => ({ floor, calibration, perDomain: false })),
  );
  return [...mixtures, { floor: shareOfStrongest(0.95), calibration: 'half', perDomain: true }];
}

async function measureUnseen(
  pool: Pool,
  { training, seed, chapters }: { training: ReplayTraining; seed: number; chapters: string[] },
): Promise<unknown> {
  say(`${pool.name}: sources never seen`);
  const floor = shareOfStrongest(0.95);
  const results = await unseenSources(pool, { floor, shares: [0, 0.25, 1], training, seed });
  for (const result of results) say(describeUnseen(result).join(' | '));
  const rows = table(UNSEEN_HEADER, results.map(describeUnseen));
  chapters.push(`## ${pool.name}: sources never seen, promised at least 95 % of the strongest\n\n${rows}`);
  return results;
}

async function write(data: object, chapters: readonly string[]): Promise<void> {
  const out = flags.out ?? join(tmpdir(), 'pointsman-bench-floor');
  await mkdir(out, { recursive: true });
  const intro = `# Floors\n\nAll in %. ${flags.resamples} resamples, seed ${flags.seed}.`;
  await writeFile(join(out, 'floor.json'), `${JSON.stringify(data, null, 1)}\n`);
  await writeFile(join(out, 'floor.md'), `${[intro, ...chapters].join('\n\n')}\n`);
  say(`written to ${out}`);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const round = (value: number): number => Number(value.toFixed(3));

function say(message: string): void {
  process.stderr.write(`[${(performance.now() / 1_000).toFixed(0)} s] ${message}\n`);
}

function routingDataFolder(): string {
  const shared = process.env.POINTSMAN_SHARED_DIR ?? fileURLToPath(new URL('../../../../shared', import.meta.url));
  const folder = join(shared, 'data', 'router');
  if (existsSync(join(folder, 'pools.json'))) return folder;
  throw new Error('the shared routing data is missing: set POINTSMAN_SHARED_DIR to the folder that holds data/router');
}

if (flags.help) process.stdout.write(USAGE);
else await main();
