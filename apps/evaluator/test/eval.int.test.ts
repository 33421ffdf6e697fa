import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type EvaluationReport, evaluationReportSchema } from '@pointsman/contracts';
import { type Emulator, type EmulatorOptions, startEmulator } from '@pointsman/provider-emulator';
import { readRows, type TrainingRow } from '@pointsman/router-model';
import { type TestDatabase, temporaryFolder, testDatabase } from '@pointsman/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Ran, runInProcess } from './run-pointsman.ts';
import { smallCases, verdictOf } from './start-engine.ts';

const CASES = 40;
const BASELINE = 'openai/gpt-4o-mini';
const CANDIDATE = 'openai/gpt-4.1-mini';
const MAIN = resolve(import.meta.dirname, '../src/main.ts');

let database: TestDatabase;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let emulator: Emulator;

/** The judge thinks well of what the baseline says and ill of what the candidate says. */
const respond: NonNullable<EmulatorOptions['respond']> = ({ model, prompt, schema }) => {
  if (schema === undefined) return CANDIDATE.endsWith(`/${model}`) ? 'No idea, sorry.' : 'It is one more.';
  return verdictOf(schema, prompt.includes('No idea') ? 'D' : 'A');
};

const env = () => ({
  DATABASE_URL: database.url,
  POINTSMAN_DATA_DIR: join(folder.path, 'data'),
  POINTSMAN_EMULATOR: 'on',
  POINTSMAN_EMULATOR_URL: emulator.url,
});
const pointsman = (...args: string[]): Promise<Ran> => runInProcess(args, { cwd: folder.path, env: env() });
const evaluate = (...args: string[]) =>
  pointsman('eval', 'run', '--benchmark', 'small', '--judge', 'openai/gpt-4.1', '--samples', '1', ...args);
const runIdIn = ({ stderr }: Pick<Ran, 'stderr'>): string => /\b(run_[0-9a-f]+)/.exec(stderr)?.[1] ?? '';
const reportsIn = async (name: string): Promise<EvaluationReport[]> =>
  z.array(evaluationReportSchema).parse(JSON.parse(await readFile(join(folder.path, name, 'report.json'), 'utf8')));

beforeAll(async () => {
  database = await testDatabase();
  folder = await temporaryFolder();
  emulator = await startEmulator({ respond });
  const lines = smallCases(CASES).map((one) => `${JSON.stringify(one)}\n`);
  await writeFile(join(folder.path, 'cases.jsonl'), lines.join(''));
  const by = ['--author', 'ana', '--reason', 'first cases'];
  await pointsman('benchmark', 'import', 'cases.jsonl', '--format', 'jsonl', '--name', 'small', ...by);
  await pointsman('benchmark', 'draft', 'small', '--submit');
  await pointsman('benchmark', 'review', 'small', '--approve', '--author', 'ben', '--reason', 'read them');
  expect(await pointsman('benchmark', 'publish', 'small', ...by)).toMatchObject({ code: 0, stderr: '' });
});
afterAll(async () => {
  await emulator.close();
  await database.drop();
  await folder.remove();
});
beforeEach(() => emulator.clear());
afterEach(() => emulator.clear());

describe('evaluating a change', () => {
  it('tells a regression from its baseline, writes every report, and exits 1', async () => {
    const baseline = await evaluate('--models', BASELINE, '--label', 'branch=main', '--label', 'commit=abc');
    expect(baseline).toMatchObject({ code: 0, stdout: expect.stringContaining('NO BASELINE') });
    const candidate = await evaluate('--models', CANDIDATE, '--baseline', 'auto', '--out', 'report');
    expect(candidate).toMatchObject({ code: 1, stdout: expect.stringContaining('REGRESSION') });
    expect((await readdir(join(folder.path, 'report'))).sort()).toEqual([
      'junit.xml',
      'report.html',
      'report.json',
      'report.md',
    ]);
    const [report] = await reportsIn('report');
    expect(report).toMatchObject({
      verdict: 'regression',
      emulated: true,
      candidate: { model: CANDIDATE },
      baseline: { model: BASELINE, runId: runIdIn(baseline) },
      judgeValidation: { questions: CASES, withValidation: { success: { count: CASES } } },
    });
    expect(report?.metrics[0]).toMatchObject({ metric: 'overall', difference: { estimate: -0.75, n: CASES } });
  });

  it('passes the baseline against itself, asked anew', async () => {
    await evaluate('--models', BASELINE, '--label', 'branch=main');
    const again = await evaluate('--models', BASELINE, '--baseline', 'auto', '--replicate', '1', '--min-effect', '0.1');
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('PASS') });
  });

  it('finds the run of the merge base before that of main', async () => {
    const first = await evaluate('--models', BASELINE, '--label', 'commit=base1', '--label', 'branch=main');
    await evaluate('--models', BASELINE, '--label', 'commit=later', '--label', 'branch=main');
    await evaluate('--models', BASELINE, '--baseline', 'auto', '--label', 'merge-base=base1', '--out', 'merge');
    expect((await reportsIn('merge'))[0]?.baseline?.runId).toBe(runIdIn(first));
  });

  it('evaluates a prompt against the same model without it', async () => {
    await writeFile(join(folder.path, 'prompt.txt'), 'Answer in one word.');
    const plain = await evaluate('--models', BASELINE, '--replicate', '2');
    const prompted = await evaluate(
      '--models',
      BASELINE,
      '--prompt',
      'prompt.txt',
      '--baseline',
      runIdIn(plain),
      '--out',
      'prompt',
    );
    expect(prompted.code).toBe(0);
    expect((await reportsIn('prompt'))[0]?.candidate.prompt).toMatchObject({ name: 'prompt.txt' });
    const asked = emulator.requests.find(({ body }) => JSON.stringify(body).includes('Answer in one word.'));
    expect(JSON.stringify(asked?.body)).toContain('"role":"system"');
  });

  it('hands its scores on to the router', async () => {
    const ran = await evaluate('--models', BASELINE);
    const exported = await pointsman('eval', 'export', runIdIn(ran), '--out', 'scored.jsonl');
    expect(exported.stdout).toContain(`${CASES} scored replies`);
    const rows: TrainingRow[] = [];
    for await (const row of readRows([join(folder.path, 'scored.jsonl')])) rows.push(row);
    expect(rows).toHaveLength(CASES);
    expect(rows[0]?.observations).toEqual([
      expect.objectContaining({ model: BASELINE, scores: expect.objectContaining({ tone: 1 }) }),
    ]);
  });
});

describe('what cannot run', () => {
  it.each([
    [['--models', 'openai/gpt-4.1-mimi'], 'Did you mean openai/gpt-4.1-mini'],
    [['--models', BASELINE, '--baseline', 'run_0'], "there is no run 'run_0'"],
    [['--models', BASELINE, '--prompt', 'nowhere.txt'], 'nowhere.txt'],
    [['--models', BASELINE, '--alpha', '0.9'], 'above 0 and below 0.5'],
    [['--models', BASELINE, '--min-effect', '0'], 'above 0'],
    [['--models', `${BASELINE},${CANDIDATE}`, '--onboard'], '--onboard is for one new model'],
  ])('exits 2 and says why: %s', async (args, why) => {
    expect(await evaluate(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(why) });
  });

  it('refuses to compare with a run whose judge was another one', async () => {
    const plain = await evaluate('--models', BASELINE);
    const args = ['eval', 'run', '--benchmark', 'small', '--models', CANDIDATE, '--baseline', runIdIn(plain)];
    const other = await pointsman(...args, '--judge', 'openai/gpt-4.1', '--samples', '2');
    expect(other).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('rubric, prompt or sampling of the judge'),
    });
  });

  it('exits 2 when a provider refuses the key, and goes on once that is mended', async () => {
    emulator.script({ match: { model: 'gpt-4.1' }, fail: { status: 401, kind: 'invalid_key' } });
    const refused = await evaluate('--models', BASELINE, '--replicate', '5');
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('openai/gpt-4.1 cannot be called') });
    emulator.clear();
    const resumed = await pointsman('eval', 'resume', runIdIn(refused));
    expect(resumed).toMatchObject({ code: 0, stdout: expect.stringContaining('NO BASELINE') });
  });

  it('can be cancelled from elsewhere', async () => {
    emulator.script({ latencyMs: 300 });
    const running = evaluate('--models', BASELINE, '--replicate', '6', '--concurrency', '2');
    let id = '';
    await expect
      .poll(
        async () => {
          const runs = z
            .array(z.object({ id: z.string(), status: z.string() }))
            .parse(JSON.parse((await pointsman('--json', 'eval', 'list')).stdout));
          id = runs.find(({ status }) => status === 'running')?.id ?? '';
          return id;
        },
        { timeout: 10_000 },
      )
      .not.toBe('');
    expect(await pointsman('eval', 'cancel', id, '--reason', 'wrong prompt')).toMatchObject({ code: 0 });
    expect(await running).toMatchObject({ code: 2, stderr: expect.stringContaining('cancelled: wrong prompt') });
  });
});

describe('a process that is killed', () => {
  it('goes on where it was, and pays again only what was under way', async () => {
    emulator.script({ latencyMs: 100 });
    const flags = ['--disable-warning=ExperimentalWarning', '--conditions=@pointsman/source'];
    const args = ['eval', 'run', '--benchmark', 'small', '--judge', 'openai/gpt-4.1', '--samples', '1'];
    const child = spawn(
      process.execPath,
      [...flags, MAIN, ...args, '--models', BASELINE, '--replicate', '7', '--concurrency', '4'],
      { cwd: folder.path, env: { PATH: process.env.PATH, ...env() }, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const judged = () =>
      emulator.requests.filter(({ finishedAtMs, model }) => finishedAtMs && model === 'gpt-4.1').length;
    await expect.poll(judged, { timeout: 20_000 }).toBeGreaterThan(8);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const before = emulator.requests.length;
    const resumed = await pointsman('eval', 'resume', runIdIn({ stderr }));
    expect(resumed.code).toBe(0);
    const cutOff = emulator.requests.filter(({ finishedAtMs }) => finishedAtMs === undefined).length;
    // Four items were under way, each with one call.
    expect(cutOff).toBeLessThanOrEqual(4);
    expect(emulator.requests.length).toBeLessThanOrEqual(2 * CASES + 4);
    expect(emulator.requests.length - before).toBeLessThan(2 * CASES - 8);
  });
});
