import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseHash } from '@pointsman/benchmark';
import { type BenchmarkVersion, benchmarkCaseSchema, type EvaluatedItem, runSpecSchema } from '@pointsman/contracts';
import { type Database, openDatabase, repositories } from '@pointsman/db';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadCases, loadVersion, publishStarter } from '../src/benchmarks/load-benchmark.ts';
import { starterCases } from '../src/benchmarks/starter-cases.ts';
import { runInProcess } from './run-pointsman.ts';

vi.setConfig({ testTimeout: 60_000 });

let database: Database;
let url: string;
let drop: () => Promise<void>;
let cwd: string;

beforeAll(async () => {
  const test = await testDatabase();
  ({ url, drop } = test);
  database = openDatabase({ url, poolSize: 4 });
  cwd = await mkdtemp(join(tmpdir(), 'pointsman-benchmark-'));
});
afterAll(async () => {
  await database.close();
  await drop();
  await rm(cwd, { recursive: true });
});

const run = (...args: string[]) => runInProcess(['benchmark', ...args], { cwd, env: { DATABASE_URL: url } });

async function done(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args);
  expect(code, stderr).toBe(0);
  return stdout;
}
const json = async <Result>(...args: string[]) => JSON.parse(await done(...args, '--json')) as Result;

async function refused(...args: string[]): Promise<string> {
  const { code, stderr } = await run(...args);
  expect(code).toBe(1);
  return stderr;
}

const line = (id: string, change: object = {}) => ({
  id,
  messages: [{ role: 'user', content: `How does ${id} work?` }],
  reference: `As ${id} does.`,
  domain: 'software',
  task: 'answer',
  language: 'en',
  licence: 'MIT',
  ...change,
});
const write = (file: string, lines: readonly unknown[]) =>
  writeFile(join(cwd, file), lines.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n'));

const BY_ANA = ['--author', 'ana', '--reason', 'for the start'];
const importInto = (name: string, file: string, ...flags: string[]) =>
  ['import', file, '--format', 'jsonl', '--name', name, ...BY_ANA, ...flags] as const;

/** Imports, submits, approves and publishes. */
async function publishFile(name: string, file: string): Promise<BenchmarkVersion> {
  await done(...importInto(name, file));
  await done('draft', name, '--submit');
  await done('review', name, '--approve', '--author', 'ben');
  return json<BenchmarkVersion>('publish', name, '--author', 'cleo', '--reason', 'agreed');
}

describe('the life of a benchmark', () => {
  it('goes from a file over draft and review to versions that are compared', async () => {
    await write(
      'first.jsonl',
      ['one', 'two', 'three'].map((id) => line(id)),
    );
    expect(await done(...importInto('mine', 'first.jsonl'))).toBe('Read 3 cases. The draft of mine: 3 to add.\n');
    expect(await done('draft', 'mine')).toContain('mine, to follow nothing yet');
    expect(await refused('publish', 'mine', ...BY_ANA)).toContain('is draft: only an approved one is published');
    expect(await done('draft', 'mine', '--submit')).toContain('in review');
    expect(await refused('review', 'mine', '--approve', '--author', 'ana')).toContain('ana wrote part of the draft');
    expect(await done('review', 'mine', '--approve', '--author', 'ben')).toBe('The draft of mine is approved.\n');
    expect(await done('publish', 'mine', '--author', 'cleo', '--reason', 'agreed')).toContain(
      'Published mine@1: 3 cases',
    );

    await write('second.jsonl', [line('two', { difficulty: 'hard' }), line('four')]);
    await done(...importInto('mine', 'second.jsonl'));
    await done('retire', 'mine', '--case', 'one', '--author', 'ana', '--reason', 'too easy');
    await done('draft', 'mine', '--submit');
    await done('review', 'mine', '--approve', '--author', 'ben');
    const second = await json<BenchmarkVersion>('publish', 'mine', '--author', 'cleo', '--reason', 'agreed');
    expect(second).toMatchObject({
      version: 2,
      changes: [{ caseId: 'two' }, { caseId: 'four' }, { reason: 'too easy' }],
    });

    const diff = await done('diff', 'mine@1', 'mine@2');
    expect(diff).toContain('+ four (software, answer)\n- one (software, answer)\n~ two\n');
    expect(diff).toContain('difficulty: "medium" -> "hard"');
    expect(diff).toContain('1 added, 1 retired, 1 changed, 1 as they were');

    expect(await done('show', 'mine')).toContain(`mine@2`);
    expect(await done('show', 'mine@1')).toContain('approved   by ben');
    expect(await done('show', 'mine@1', '--case', 'two')).toContain('--- reference\nAs two does.');
    expect(await done('list')).toMatch(/mine +2 +3 +\S+ +cleo/);
    const covered = await json<{ cases: number; withReference: number }>('coverage', 'mine');
    expect(covered).toMatchObject({ cases: 3, withReference: 3 });
  });

  it('comes back from its own export as it was', async () => {
    await write('rich.jsonl', [
      line('rich', {
        messages: [
          { role: 'system', content: 'Be brief.\n"Quoted", naïve — 日本語' },
          { role: 'user', content: 'Why?' },
        ],
        checks: [{ kind: 'words', most: 9 }],
        weights: { tone: 2 },
        provenance: { kind: 'written', author: 'ana' },
      }),
    ]);
    const first = await publishFile('rich', 'rich.jsonl');
    await done('export', 'rich', '--format', 'jsonl', '--out', 'rich-out.jsonl');
    const [exported = ''] = (await readFile(join(cwd, 'rich-out.jsonl'), 'utf8')).split('\n');
    expect(caseHash(benchmarkCaseSchema.parse(JSON.parse(exported)))).toBe(first.cases[0]?.hash);
    expect(await done(...importInto('rich', 'rich-out.jsonl'))).toBe(
      'Read 1 cases. The draft of rich: nothing changes.\n',
    );
  });

  it('records the exception when an author approves', async () => {
    await write('alone.jsonl', [line('alone')]);
    await done(...importInto('alone', 'alone.jsonl'));
    await done('draft', 'alone', '--submit');
    const approval = await done('review', 'alone', '--approve', '--author', 'ana', '--override');
    expect(approval).toBe('The draft of alone is approved, by one of its authors.\n');
    await done('publish', 'alone', ...BY_ANA);
    expect(await done('show', 'alone')).toContain('by ana, who wrote part of it');
  });

  it('says why a draft was rejected, and lets go of one', async () => {
    await write('poor.jsonl', [line('poor')]);
    await done(...importInto('poor', 'poor.jsonl'));
    await done('draft', 'poor', '--submit');
    expect(await refused('review', 'poor', '--reject', '--author', 'ben')).toContain('--reason <text>');
    await done('review', 'poor', '--reject', '--author', 'ben', '--reason', 'no reference');
    expect(await done('draft', 'poor')).toContain('rejected by ben: no reference');
    expect(await done('draft', 'poor', '--discard')).toBe('Discarded the draft of poor (1 to add).\n');
    expect(await refused('draft', 'poor')).toContain("'poor' has no draft");
  });
});

describe('bad rows', () => {
  const LINES = [line('good'), '{"id": "half', line('wrong', { domain: 'medicine' }), line('good', { language: 'fr' })];

  it('stop the import, each with file, line and reason', async () => {
    await write('bad.jsonl', LINES);
    const stderr = await refused(...importInto('bad', 'bad.jsonl'));
    expect(stderr).toContain('bad.jsonl:2: is not JSON');
    expect(stderr).toMatch(/bad\.jsonl:3: domain: .*\(got "medicine"\)/);
    expect(stderr).toContain("bad.jsonl:4: has the id 'good' of bad.jsonl:1");
    expect(stderr).toContain('3 rows are bad, so nothing was imported');
    expect(await refused('draft', 'bad')).toContain("'bad' has no draft");
  });

  it('are left out when that is asked for', async () => {
    await write('bad.jsonl', LINES);
    const { code, stdout, stderr } = await run(...importInto('skipped', 'bad.jsonl', '--skip-bad'));
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'Read 1 cases, left out 3 bad rows. The draft of skipped: 1 to add.\n',
    });
    expect(stderr.split('\n')).toHaveLength(4);
  });

  it('say which option gives them what they lack', async () => {
    const { domain: _domain, licence: _licence, ...bare } = line('bare');
    await write('bare.jsonl', [bare]);
    const stderr = await refused(...importInto('bare', 'bare.jsonl'));
    expect(stderr).toContain("says no domain: add a field 'domain', or give one for all rows (--domain)");
    expect(stderr).toContain('(--licence)');
    await done(...importInto('bare', 'bare.jsonl', '--domain', 'legal', '--licence', 'proprietary'));
  });
});

describe('two people at once', () => {
  it('do not overwrite each other: one of two publications succeeds', async () => {
    await write('raced.jsonl', [line('raced')]);
    await done(...importInto('raced', 'raced.jsonl'));
    await done('draft', 'raced', '--submit');
    await done('review', 'raced', '--approve', '--author', 'ben');
    const both = await Promise.all([run('publish', 'raced', ...BY_ANA), run('publish', 'raced', ...BY_ANA)]);
    expect(both.map(({ code }) => code).sort()).toEqual([0, 1]);
    const version = await json<{ version: BenchmarkVersion }>('show', 'raced');
    expect(version.version.version).toBe(1);
  });
});

describe('a published version that was changed where it is stored', () => {
  it('is not read', async () => {
    await write('forged.jsonl', [line('forged')]);
    await publishFile('forged', 'forged.jsonl');
    const change = `update benchmark_cases set body = jsonb_set(body, '{reference}', '"Forged."') where body->>'id' = 'forged'`;
    await expect(database.pool.query(change)).rejects.toThrow('what was published never changes');
    await database.pool.query('alter table benchmark_cases disable trigger immutable');
    await database.pool.query(change);
    await database.pool.query('alter table benchmark_cases enable trigger immutable');
    expect(await refused('show', 'forged')).toContain("the case 'forged' of forged@1 is not what was published");
  });
});

describe('the starter benchmark', () => {
  const now = () => Date.UTC(2026, 10, 21);

  it('is published once when it is first asked for, by however many, with the same hash', async () => {
    const own = await testDatabase();
    const { benchmarks } = repositories(own.database);
    const shipped = async () =>
      ['a', 'b'].map((id) => benchmarkCaseSchema.parse(line(id, { provenance: { kind: 'written', author: 'us' } })));
    await Promise.all([1, 2, 3].map(() => publishStarter(benchmarks, now, shipped)));
    const { version } = await loadVersion(benchmarks, { name: 'starter', version: 1 }, now);
    expect(version).toMatchObject({
      name: 'starter',
      version: 1,
      publishedBy: 'Pointsman',
      cases: [{ id: 'a' }, { id: 'b' }],
    });
    expect((await loadCases(benchmarks, version)).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await publishStarter(benchmarks, now, shipped)).toBe(false);
    await expect(loadVersion(benchmarks, { name: 'starter', version: 2 }, now)).rejects.toThrow(
      'There is no starter@2: the latest is version 1.',
    );
    await own.drop();
  });

  it('is read without a bad line, written cases and generated ones', async () => {
    const cases = await starterCases();
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    expect(cases.filter(({ provenance }) => provenance.kind === 'generated')).toHaveLength(3780);
    expect(cases.length).toBeGreaterThan(3780);
  });
});

const NOT_ASKED = { status: 'unscored', why: 'not-asked', detail: '' } as const;
const itemOf = ({ id, hash }: { id: string; hash: string }, score: number): EvaluatedItem => ({
  caseId: id,
  caseHash: hash,
  domain: 'software',
  task: 'answer',
  language: 'en',
  reply: { status: 'missing', why: 'not kept' },
  verdicts: {
    factual_accuracy: { status: 'scored', score, samples: [score], scorer: 'judge', explanation: 'right' },
    coherence: NOT_ASKED,
    relevance: NOT_ASKED,
    completeness: NOT_ASKED,
    tone: NOT_ASKED,
    safety: NOT_ASKED,
  },
});
const MODELS = ['a/x', 'b/y', 'c/z'];
const scoreOf = (id: string) => (id === 'worn' ? 1 : 0.6);

/** A finished run of three models on the version. */
async function storeRun({ name, version, hash, cases }: BenchmarkVersion, emulated: boolean): Promise<void> {
  const { evaluationRuns } = repositories(database);
  const judge = { model: 'j/1', promptHash: '', rubrics: {}, samples: 1, temperature: 0, hash: 'judge' };
  const contestants = MODELS.map((model) => ({ model }));
  const items = contestants.flatMap((_, contestant) =>
    cases.map((one, position) => ({ contestant, caseId: one.id, caseHash: one.hash, position })),
  );
  const spec = runSpecSchema.parse({
    benchmark: { name, version, hash },
    contestants,
    judge,
    maxOutputTokens: 100,
    comparison: {},
  });
  const { id } = await evaluationRuns.create({ spec, emulated, items });
  await evaluationRuns.start(id);
  for (const contestant of contestants.keys())
    for (const one of cases) await evaluationRuns.finishItem(id, contestant, itemOf(one, scoreOf(one.id)));
  await evaluationRuns.end(id, 'finished');
}

describe('curation', () => {
  it('proposes from results, and applies what a person kept', async () => {
    await write(
      'worn.jsonl',
      ['worn', 'fresh'].map((id) => line(id)),
    );
    const { cases } = await publishFile('worn', 'worn.jsonl');
    expect(await refused('curate', 'worn')).toContain("no run on 'worn' has finished");
    const results = ['r1', 'r2', 'r3'].flatMap((from) =>
      MODELS.flatMap((model) => cases.map((one) => ({ run: from, model, ...itemOf(one, scoreOf(one.id)) }))),
    );
    await write('results.jsonl', results);
    const proposed = await done('curate', 'worn', '--results', 'results.jsonl', '--out', 'proposals.json');
    expect(proposed).toMatch(/retire +worn +saturated: 3 models in 3 runs scored 1\.00 or more/);
    expect(proposed).not.toContain('fresh');
    expect(await refused('curate', 'worn', '--apply', 'proposals.json')).toContain('A person decides');
    const applied = await done('curate', 'worn', '--apply', 'proposals.json', '--author', 'ana', '--reason', 'monthly');
    expect(applied).toBe('Applied 1 proposals. The draft of worn: 1 to retire.\n');
    expect(await done('draft', 'worn')).toContain('monthly: saturated: 3 models in 3 runs');
    await write('results.jsonl', [{ ...results[0], model: 7 }]);
    expect(await refused('curate', 'worn', '--results', 'results.jsonl')).toContain('results.jsonl:1: ');
  });

  it('judges by the newest finished runs, and by none that the emulator answered', async () => {
    await write(
      'run.jsonl',
      ['worn', 'fresh'].map((id) => line(id)),
    );
    const version = await publishFile('ran', 'run.jsonl');
    for (const emulated of [false, false, true]) await storeRun(version, emulated);
    expect(await done('curate', 'ran')).toContain('Nothing speaks for changing ran@1.');
    await storeRun(version, false);
    expect(await done('curate', 'ran')).toContain('saturated: 3 models in 3 runs');
    expect(await done('curate', 'ran', '--runs', '2')).toContain('Nothing speaks for changing ran@1.');
  });

  it('proposes hard requests with a word of warning', async () => {
    await write('easy.jsonl', [line('easy')]);
    await publishFile('easy', 'easy.jsonl');
    const asked = { domain: 'legal', task: 'answer', language: 'en', score: 0.1 };
    await write('production.jsonl', [
      { ...asked, messages: [{ role: 'user', content: 'May my landlord keep the key?' }] },
    ]);
    const proposed = await done('curate', 'easy', '--production', 'production.jsonl');
    expect(proposed).toMatch(/add +production-[0-9a-f]{12} +hard in production: scored 0\.10/);
    expect(proposed).toContain('nothing is blacked out');
  });
});

describe('generated cases', () => {
  it('are the same for the same seed, and can be imported', async () => {
    await done('generate', '--count', '20', '--seed', '7', '--out', 'generated.jsonl');
    const first = await readFile(join(cwd, 'generated.jsonl'), 'utf8');
    await done('generate', '--count', '20', '--seed', '7', '--out', 'generated.jsonl');
    expect(await readFile(join(cwd, 'generated.jsonl'), 'utf8')).toBe(first);
    expect(await done(...importInto('generated', 'generated.jsonl'))).toContain('Read 20 cases.');
  });
});

describe('other formats', () => {
  it('are imported with the files beside them, and what is left out is told', async () => {
    await writeFile(join(cwd, 'prompt.txt'), 'Answer kindly: {{question}}');
    const config = {
      prompts: ['file://prompt.txt'],
      tests: [
        {
          vars: { question: 'Why?' },
          assert: [
            { type: 'contains', value: 'so' },
            { type: 'python', value: '1' },
          ],
        },
      ],
    };
    await writeFile(join(cwd, 'promptfooconfig.yaml'), JSON.stringify(config));
    const flags = ['--domain', 'education', '--task', 'answer', '--language', 'en', '--licence', 'MIT'];
    const { code, stdout, stderr } = await run(
      'import',
      'promptfooconfig.yaml',
      '--format',
      'promptfoo',
      '--name',
      'foo',
      ...BY_ANA,
      ...flags,
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Read 1 cases. The draft of foo: 1 to add.\n' });
    expect(stderr).toBe('promptfooconfig.yaml: tests[0]: warning: python is left out: there is nothing like it here\n');
  });

  it('are written so that they can be read again', async () => {
    await write(
      'sheet.jsonl',
      ['first', 'second'].map((id) => line(id, { messages: [{ role: 'user', content: `A "${id}";\nb` }] })),
    );
    await publishFile('sheet', 'sheet.jsonl');
    await done('export', 'sheet@1', '--format', 'csv', '--out', 'sheet.csv');
    const again = await done('import', 'sheet.csv', '--format', 'csv', '--name', 'sheet', ...BY_ANA);
    expect(again).toBe('Read 2 cases. The draft of sheet: nothing changes.\n');
    expect((await run('export', 'sheet', '--format', 'promptfoo', '--out', 'x')).code).toBe(2);
  });

  it('give scored outputs that training reads', async () => {
    const row = { doc_id: 1, target: '4', arguments: [['2 + 2 =', { until: [] }]], acc: 1 };
    await write('samples_sums.jsonl', [row, { ...row, doc_id: 2, acc: 'high' }]);
    const scores = ['scores', 'samples_sums.jsonl', '--format', 'lm-eval', '--out', 'scored.jsonl'];
    expect(await refused(...scores)).toContain('name it (--model)');
    expect(await refused(...scores, '--model', 'a/x')).toContain('1 rows are bad, so nothing was written');
    expect(await done(...scores, '--model', 'a/x', '--skip-bad')).toBe('Wrote 1 scored outputs to scored.jsonl.\n');
    expect(JSON.parse(await readFile(join(cwd, 'scored.jsonl'), 'utf8'))).toMatchObject({
      model: 'a/x',
      scores: { factual_accuracy: 1 },
    });
  });
});
