import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositories } from '@pointsman/db';
import { sampleDecision } from '@pointsman/db/testing';
import { readRows, trainRouter, writeArtefact } from '@pointsman/router-model';
import { issuedCertificateSchema } from '@pointsman/router-model/floor';
import { seededRandom } from '@pointsman/statistics';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInProcess } from './run-pointsman.ts';

const SMALL = 'groq/llama-3.1-8b-instant';
const LARGE = 'openai/gpt-4.1';
const NEVER_ASKED = 'openai/gpt-4.1-mini';
const CONFIG = `
emulator: on
models:
  ${SMALL}: { routerNames: [small] }
  ${LARGE}: { routerNames: [large] }
`;
/** Chance that each model answers well. */
const CHANCES = { cooking: { small: 0.95, large: 0.97 }, contracts: { small: 0.2, large: 0.9 } };
const WORDS = {
  cooking: 'simmer onion recipe oven butter garlic whisk flour roast pepper stew basil dough yeast grill saffron'.split(
    ' ',
  ),
  contracts: 'clause liable tenant breach indemnity lease statute court notice party waiver escrow deed lien'.split(
    ' ',
  ),
};

function benchmarkRows(count: number, seed: number, models: ('small' | 'large')[] = ['small', 'large']): string[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, n) => {
    const domain = n % 2 === 0 ? 'cooking' : 'contracts';
    const words = Array.from({ length: 12 }, () => WORDS[domain][Math.floor(random() * WORDS[domain].length)]);
    const answers = models.map((model) => [
      model,
      { q: random() < CHANCES[domain][model] ? 1 : 0, out_tok: 80 + Math.round(40 * random()) },
    ]);
    return JSON.stringify({
      id: `${seed}-${n}`,
      source: n % 4 < 2 ? 'left' : 'right',
      domain,
      quality_kind: 'exact',
      prompt: `Explain ${words.join(' ')}?`,
      models: Object.fromEntries(answers),
    });
  });
}

let storage: ReturnType<typeof repositories>;
let url: string;
let drop: () => Promise<void>;
let cwd: string;
beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  url = test.url;
  drop = test.drop;
  cwd = await mkdtemp(join(tmpdir(), 'pointsman-certify-'));
  await writeFile(join(cwd, 'pointsman.config.yaml'), CONFIG);
  const learned = join(cwd, 'learned.jsonl');
  await writeFile(learned, benchmarkRows(600, 5).join('\n'));
  await writeFile(join(cwd, 'answers.jsonl'), benchmarkRows(700, 6).join('\n'));
  await writeFile(join(cwd, 'few.jsonl'), benchmarkRows(20, 7).join('\n'));
  await writeFile(join(cwd, 'partial.jsonl'), benchmarkRows(30, 8, ['small']).join('\n'));
  const trained = await trainRouter(readRows([learned]), {
    seed: 7,
    buckets: 1024,
    split: 'all',
    latent: 16,
    folds: 3,
  });
  await writeArtefact(join(cwd, 'artefact'), trained);
  await put('--allowed-models', [SMALL, LARGE, NEVER_ASKED].join(','), '--weights', 'factual_accuracy=1');
});
afterAll(async () => {
  await drop();
  await rm(cwd, { recursive: true });
});

const run = (...args: string[]) => runInProcess(args, { cwd, env: { DATABASE_URL: url } });
const put = (...args: string[]) => run('policies', 'put', 'promised', '--floor-share-of-strongest', '0.9', ...args);
const certify = (...args: string[]) =>
  run('router', 'certify', '--policy', 'promised', '--artefact', 'artefact', ...args);
const active = async () => (await storage.certificates.list()).filter(({ status }) => status === 'active');

describe('router certify', () => {
  it('certifies on what the router did not learn from, says so in words, and stores it unless it is only tried', async () => {
    const tried = await certify('--data', 'answers.jsonl', '--dry-run');
    expect(tried.code, tried.stderr).toBe(0);
    expect(tried.stdout).toContain('Nothing was stored.');
    expect(await active()).toEqual([]);

    const done = await certify('--data', 'learned.jsonl', 'answers.jsonl', 'partial.jsonl', '--from', '2026-11-01');
    expect(done.code, done.stderr).toBe(0);
    expect(done.stdout).toMatch(/promise +at least 90 % of the strongest model's quality, 95 % confidence\n/);
    expect(done.stdout).toMatch(/complete rows +700\n/);
    expect(done.stdout).toMatch(/left out, learned from +600\n/);
    expect(done.stdout).toContain(`30: ${LARGE} is missing most, in 30; --models leaves models out`);
    expect(done.stdout).toContain(`${NEVER_ASKED}: never picked under the promise`);
    expect(done.stdout).toMatch(/saving +\d[\d.]* % \[\d[\d.]* %, \d[\d.]* %\] of the strongest model's cost/);
    expect(done.stdout).toContain('serve another artefact than');
    const [certificate] = await active();
    expect(certificate).toMatchObject({ policy: 'promised', clientId: null });
    const { certificate: body, prices, weights } = issuedCertificateSchema.parse(certificate?.body);
    expect(body).toMatchObject({ strongest: LARGE, requests: 700, data: { from: '2026-11-01T00:00:00Z' } });
    expect([...body.models].sort()).toEqual([SMALL, LARGE].sort());
    expect(Object.keys(prices).sort()).toEqual([SMALL, LARGE].sort());
    expect(weights).toEqual({ factual_accuracy: 1 });
  }, 60_000);

  it('refuses with what is missing, and stores nothing', async () => {
    const before = await active();
    const { code, stdout, stderr } = await certify('--data', 'few.jsonl');
    expect(code).toBe(1);
    expect(stdout).toMatch(/certified +no\nindependent requests +20\nneeded +about \d+/);
    expect(stderr).toMatch(/error: not certified: Too few data .*for at least 90 %/);
    expect(await active()).toEqual(before);
    const none = await certify('--data', 'learned.jsonl');
    expect([none.code, none.stdout]).toEqual([1, expect.stringMatching(/complete rows +0\n/)]);
  }, 60_000);

  it('says why decisions do not do, what a policy lacks, and which model it does not know', async () => {
    expect((await certify('--decisions')).stderr).toContain('each was answered by one model');
    expect((await certify()).stderr).toContain('--data');
    const other = await run(
      'router',
      'certify',
      '--policy',
      'default',
      '--artefact',
      'artefact',
      '--data',
      'few.jsonl',
    );
    expect(other.stderr).toContain('promises no floor. Give it one:');
    const unknown = await certify('--data', 'answers.jsonl', '--strongest', 'openai/gpt-4o');
    expect(unknown.stderr).toContain('no model "openai/gpt-4o"');
  }, 60_000);

  it('lists, shows and withdraws certificates', async () => {
    const [certificate] = await active();
    const id = certificate?.id ?? '';
    expect((await run('router', 'certificates', 'list')).stdout).toMatch(new RegExp(`${id} +promised +all +active`));
    const shown = await run('router', 'certificates', 'show', id);
    expect(shown.stdout).toMatch(/looked for drift +not yet/);
    expect(shown.stdout).toContain('- The router did not learn from the calibration requests');
    expect(await run('router', 'certificates', 'revoke', id, '--why', 'the models were replaced')).toMatchObject({
      code: 0,
    });
    expect(await storage.certificates.get(id)).toMatchObject({ status: 'revoked', why: 'the models were replaced' });
    expect((await run('router', 'certificates', 'revoke', id)).stderr).toContain('revoked already');
  });

  it('checks one on live pairs, which end it when they break the promise', async () => {
    expect((await certify('--data', 'answers.jsonl')).code).toBe(0);
    const check = async (pairs: object[]) => {
      await writeFile(join(cwd, 'pairs.jsonl'), pairs.map((pair) => JSON.stringify(pair)).join('\n'));
      return run('router', 'check-live', '--policy', 'promised', '--pairs', 'pairs.jsonl');
    };
    const pairs = (count: number, routed: (n: number) => number) =>
      Array.from({ length: count }, (_, n) => ({ strongest: 1, routed: routed(n) }));
    expect((await check(pairs(1, () => 1))).stdout).toContain('too few samples to tell');
    expect((await check(pairs(1500, () => 1))).stdout).toContain('the promise is kept');
    expect(await active()).toHaveLength(1);
    expect((await check(pairs(1500, (n) => (n % 2 === 0 ? 1 : 0)))).stdout).toContain('the promise is broken');
    expect(await active()).toEqual([]);
    expect((await check([])).stderr).toContain('has no active certificate');
  }, 60_000);
});

describe('decisions show', () => {
  it('says what became of the floor and what the router read', async () => {
    const decision = sampleDecision(Date.UTC(2026, 10, 21), {
      domain: 'legal',
      task: 'write',
      familiarity: 0.876,
      floor: { outcome: 'escalated', why: 'pick-cannot-serve', certificateId: 'crt_1' },
    });
    await storage.decisions.insertBatch([decision]);
    const { stdout } = await run('decisions', 'show', decision.id);
    expect(stdout).toMatch(/floor +escalated: pick-cannot-serve \(crt_1\)\n/);
    expect(stdout).toMatch(/read as +legal, write; familiarity 0\.88\n/);
  });
});

describe('policies put', () => {
  it('gives a policy a floor, and says what is missing or too much', async () => {
    const { stdout } = await run('policies', 'put', 'bounded', '--floor-share-below', '0.05', '--floor-score', '0.8');
    expect(stdout).toMatch(/floor +at most 5 % of requests below 0\.8, 95 % confidence/);
    expect((await put('--floor-share-below', '0.1')).stderr).toContain('A policy has one floor');
    expect((await run('policies', 'put', 'x', '--floor-confidence', '0.9')).stderr).toContain('Say what is guaranteed');
    expect((await run('policies', 'put', 'x', '--floor-share-below', '0.05')).stderr).toContain('floor.score');
    expect((await put('--kind', 'maximise-quality')).stderr).toContain('a policy with a floor is minimise-cost');
  });
});
