import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { showRouter } from '@pointsman/administration';
import { repositories } from '@pointsman/db';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runInProcess } from './run-pointsman.ts';

vi.setConfig({ testTimeout: 120_000 });

let storage: ReturnType<typeof repositories>;
let url: string;
let drop: () => Promise<void>;
let cwd: string;
/** Versions of two artefacts of the same data and other seeds, both evaluated. */
let first = '';
let second = '';

beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  url = test.url;
  drop = test.drop;
  cwd = await mkdtemp(join(tmpdir(), 'pointsman-router-'));
  await writeFile(join(cwd, 'rows.jsonl'), scoredReplies(400).join('\n'));
  first = await train('first', '1');
  second = await train('second', '2');
});
afterAll(async () => {
  await drop();
  await rm(cwd, { recursive: true });
});

const run = (...args: string[]) => runInProcess(['router', ...args], { cwd, env: { DATABASE_URL: url } });

async function json<Result>(...args: string[]): Promise<Result> {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Result;
}

async function train(out: string, seed: string): Promise<string> {
  const flags = ['--out', out, '--seed', seed, '--min-model-rows', '20'];
  return (await json<{ version: string }>('train', '--data', 'rows.jsonl', ...flags)).version;
}

const evaluate = (...flags: string[]) =>
  json<{ version: string; requests: number; data: { hash: string } }>('evaluate', '--data', 'rows.jsonl', ...flags);

const stored = (version: string) => join(cwd, '.pointsman', 'artefacts', version);
const actions = async () =>
  (await json<{ action: string; router: { version: string } | null }[]>('history')).map(({ action, router }) => [
    action,
    router?.version ?? null,
  ]);

describe('router use', () => {
  it('serves an artefact where it lies, and the shipped one again without a folder', async () => {
    const before = await storage.configRevision();
    expect(await run('use', 'first')).toMatchObject({ code: 0, stderr: '' });
    expect(await showRouter(storage)).toEqual({ artefactDir: join(cwd, 'first'), version: first, mode: 'learned' });
    expect(await storage.configRevision()).toBeGreaterThan(before);
    const shown = await run('show');
    expect(shown.stdout).toMatch(new RegExp(`version +${first}\\n`));
    expect(shown.stdout).toMatch(/mode +learned: not judged yet/);
    expect(await run('use')).toMatchObject({ code: 0 });
    expect(await showRouter(storage)).toBeUndefined();
  });

  it('takes nothing from a folder that holds no artefact', async () => {
    const { code, stderr } = await run('use', 'nowhere');
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^error: no router artefact at [^\n]*nowhere[^\n]*\n$/)]);
    expect(await showRouter(storage)).toBeUndefined();
  });
});

describe('router promote and rollback', () => {
  it('judges nothing that was not evaluated, and says what to run', async () => {
    const { code, stdout, stderr } = await run('promote', 'first');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      `error: ${first} was not evaluated. Run: pointsman router evaluate --artefact ${join(cwd, 'first')} --data <jsonl...> --record\n`,
    );
  });

  it('holds what cannot be compared with what is in use, and serves it when forced', async () => {
    await evaluate('--artefact', 'first', '--record');
    const held = await run('promote', 'first');
    expect(held.code).toBe(1);
    expect(held.stderr).toMatch(/^error: held, the artefact in use goes on serving/);
    expect(held.stderr).toMatch(/- it shares no model with [0-9a-f]{12}, which is in use: nothing to compare\n/);
    expect(await showRouter(storage)).toBeUndefined();
    expect(await json('promote', 'first', '--force')).toMatchObject({
      version: first,
      mode: 'learned',
      artefactDir: stored(first),
      verdict: { kind: 'hold' },
    });
    expect(await showRouter(storage)).toEqual({ artefactDir: stored(first), version: first, mode: 'learned' });
    expect((await actions())[0]).toEqual(['forced', first]);
  });

  it('wants the one in use evaluated too, on the same rows', async () => {
    await writeFile(join(cwd, 'fewer.jsonl'), scoredReplies(200).join('\n'));
    await json('evaluate', '--data', 'fewer.jsonl', '--artefact', 'second', '--record');
    expect((await run('promote', 'second')).stderr).toMatch(
      new RegExp(`its report is on other rows than that of ${first}, which is in use: evaluate both on the same rows`),
    );
  });

  it('promotes what is no worse into the store, and serves the copy from then on', async () => {
    const [ours, theirs] = [
      await evaluate('--artefact', 'second', '--unseen-by', 'first', '--record'),
      await evaluate('--unseen-by', 'second', '--record'),
    ];
    expect(theirs).toMatchObject({ version: first, data: { hash: ours.data.hash } });
    const { stdout } = await run('promote', 'second');
    expect(stdout).toMatch(new RegExp(`^Promoted: gateways serve ${second} \\(learned\\) from `));
    expect(stdout).toMatch(new RegExp(`- not worse than ${first}, which is in use \\(log loss .*, 2 models\\)`));
    expect(await showRouter(storage)).toMatchObject({ artefactDir: stored(second), version: second });
    expect((await readdir(join(cwd, '.pointsman', 'artefacts'))).sort()).toEqual([first, second].sort());
    const shown = await run('show');
    expect(shown.stdout).toMatch(
      /mode +learned: serves all that was learned: its choices beat the same choices shuffled/,
    );
    expect(shown.stdout).toMatch(/evaluated +on \d+ held-out requests/);
    const listed = await run('list');
    expect(listed.stdout).toMatch(new RegExp(`${first} +no +learned`));
    expect(listed.stdout).toMatch(new RegExp(`${second} +yes +learned`));
  });

  it('goes back with one command, to the shipped one at last', async () => {
    const back = await run('rollback', '--reason', 'complaints');
    expect(back.stdout).toBe(`Rolled back: gateways serve ${first} from ${stored(first)} within a second.\n`);
    expect(await showRouter(storage)).toMatchObject({ version: first });
    // Earlier tests have used the first one where it lay, and the shipped one after it.
    expect((await run('rollback')).stdout).toBe('Rolled back: gateways serve the shipped artefact within a second.\n');
    expect(await showRouter(storage)).toBeUndefined();
    const history = await run('history');
    expect(history.stdout).toMatch(/rolled-back +shipped/);
    expect(history.stdout).toMatch(new RegExp(`rolled-back +${first} +learned +complaints`));
    expect((await actions()).slice(0, 4)).toEqual([
      ['rolled-back', null],
      ['rolled-back', first],
      ['promoted', second],
      ['forced', first],
    ]);
  });

  it('does not go back to a folder that holds something else by now', async () => {
    await run('use', 'first');
    await run('use', 'second');
    await rm(join(cwd, 'first'), { recursive: true });
    expect((await run('rollback')).stderr).toMatch(/^error: no router artefact at .*first/);
    expect(await showRouter(storage)).toMatchObject({ version: second });
    await cp(join(cwd, 'second'), join(cwd, 'first'), { recursive: true });
    expect((await run('rollback')).stderr).toMatch(/holds [0-9a-f]{12} now, not [0-9a-f]{12}, which served before/);
    expect(await run('use')).toMatchObject({ code: 0 });
  });

  it('gives an artefact back the mode it had', async () => {
    const manifestFile = join(stored(first), 'manifest.json');
    await run('use', stored(first));
    await run('use');
    const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as object;
    await writeFile(manifestFile, JSON.stringify({ ...manifest, mode: 'blind' }));
    expect(await run('rollback')).toMatchObject({ code: 0 });
    expect(JSON.parse(await readFile(manifestFile, 'utf8'))).toMatchObject({ mode: 'learned' });
  });
});

describe('rows that cannot be learned from', () => {
  it('names file, line and field', async () => {
    await writeFile(join(cwd, 'bad.jsonl'), '{"model": 1}\n');
    expect((await run('train', '--data', 'bad.jsonl', '--out', 'x')).stderr).toContain('bad.jsonl:1');
    await writeFile(join(cwd, 'bad.jsonl'), '{"model": "m", "prompt": "p", "scores": {"tone": 7}}\n');
    expect((await run('train', '--data', 'bad.jsonl', '--out', 'x')).stderr).toMatch(/bad\.jsonl:1: [\s\S]*tone/);
  });

  it('are found out when a prompt stands in both splits, unless that is allowed', async () => {
    const leaky = scoredReplies(60).map((line, n) =>
      JSON.stringify({ ...(JSON.parse(line) as object), split: n % 2 === 0 ? 'train' : 'dev' }),
    );
    await writeFile(join(cwd, 'leaky.jsonl'), leaky.join('\n'));
    const flags = ['--data', 'leaky.jsonl', '--out', 'leaky', '--min-model-rows', '20'];
    const { code, stderr } = await run('train', ...flags);
    expect(code).toBe(1);
    expect(stderr).toMatch(/the split leaks: \d+ held-out rows have the text of a training row/);
    expect(stderr).toMatch(/1 \([^\n]*leaky\.jsonl:4\) repeats 1 \([^\n]*leaky\.jsonl:3\)/);
    expect(stderr).toMatch(/and \d+ more/);
    const allowed = await run('train', ...flags, '--allow-leaks');
    expect(allowed.stderr).toMatch(/\d+ held-out rows repeat training rows; measuring leaves them out/);
  });

  it('are left out when measuring, and counted', async () => {
    const rows = await readFile(join(cwd, 'rows.jsonl'), 'utf8');
    await writeFile(join(cwd, 'seen.jsonl'), rows.replaceAll('{"id"', '{"split":"dev","id"'));
    const flags = ['--artefact', 'second', '--data', 'seen.jsonl'];
    const { requests, data } = await json<{ requests: number; data: { leftOut: object } }>('evaluate', ...flags);
    expect(data.leftOut).toEqual({ learned: 343 - requests, duplicates: 0 });
    const { stdout } = await run('evaluate', ...flags);
    expect(stdout).toContain(`near-duplicates: ${343 - requests}.`);
  });
});

const NAMES = 'Ada Boris Chloe Dmitri Elsa Farid Greta Hugo Ines Jonas Kaya Lukas Maria'.split(' ');
const THINGS = 'apples bricks candles dominoes engines flutes gloves hammers icons jars kites'.split(' ');

/** Two models, of which one is good at sums and the other at letters. */
function scoredReplies(count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const sums = index % 2 === 0;
    // Words differ from prompt to prompt: near duplicates, numbers aside, are held out together.
    const [name, thing] = [NAMES[index % NAMES.length], THINGS[index % THINGS.length]];
    const prompt = sums
      ? `${name} has ${index} ${thing} and buys ${index * 7} more. How many ${thing} does ${name} have?`
      : `Write a warm letter to my friend ${name}, who sent me ${thing} for my birthday.`;
    return ['calculator', 'poet'].map((model) =>
      JSON.stringify({
        id: `${index}`,
        domain: sums ? 'sums' : 'letters',
        prompt,
        model,
        scores: { factual_accuracy: (model === 'calculator') === sums ? 1 : 0 },
        output_tokens: sums ? 10 : 200,
      }),
    );
  }).flat();
}
