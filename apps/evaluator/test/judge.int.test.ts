import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DIMENSIONS, type EvaluationReport } from '@pointsman/contracts';
import { type Database, openDatabase, type Repositories, repositories } from '@pointsman/db';
import { type Emulator, type EmulatorOptions, startEmulator } from '@pointsman/provider-emulator';
import { type TestDatabase, temporaryFolder, testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storedCalibrations } from '../src/judging/stored-calibrations.ts';
import { type Ran, runInProcess } from './run-pointsman.ts';
import { smallCases } from './start-engine.ts';

const CASES = 36;
const RATED_CASES = 30;
const MODELS = ['openai/gpt-4o-mini', 'openai/gpt-4.1-mini', 'openai/gpt-4o'];
const JUDGE = 'openai/gpt-4.1';
const OTHER_JUDGE = 'openai/gpt-5-mini';
const RATED = ['tone', 'coherence'] as const;

let database: TestDatabase;
let connection: Database;
let stored: Repositories;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let emulator: Emulator;
let runId: string;
/** By how many steps the judge is harder than at first. */
let harder = 0;

const draw = (text: string, among: number): number =>
  createHash('sha256').update(text).digest().readUInt32BE(0) % among;
const within = (rating: number): number => Math.min(5, Math.max(1, rating));
const qualityOf = (model: string, index: number): number => 1 + draw(`${model.split('/')[1]} ${index}`, 5);
const replyOf = (model: string, index: number): string =>
  `Reply ${draw(`text ${model.split('/')[1]} ${index}`, 1e9)} of quality ${qualityOf(model, index)}.`;

/** Models reply with a quality that the judges see, but for chance; the second judge is a step kinder. */
const respond: NonNullable<EmulatorOptions['respond']> = ({ model, prompt, schema, occurrence }) => {
  if (schema === undefined) return replyOf(`openai/${model}`, Number(/Question (\d+)/.exec(prompt)?.[1]));
  const letters: readonly string[] = Object(schema.properties).choice?.enum ?? [];
  if (letters.length > 0) return JSON.stringify({ explanation: 'the first reads better', choice: letters[0] });
  const quality = Number(/of quality (\d)/.exec(prompt)?.[1]);
  const kinder = OTHER_JUDGE.endsWith(`/${model}`) ? 1 : 0;
  const verdicts = Object.keys(Object(schema.properties)).map((dimension) => {
    const chance = draw(`${prompt} ${dimension} ${occurrence}`, 5);
    const rating = within(quality + kinder - harder + (chance === 0 ? 1 : chance === 1 ? -1 : 0));
    return [dimension, { explanation: 'because', choice: 'EDCBA'[rating - 1] }];
  });
  return JSON.stringify(Object.fromEntries(verdicts));
};

const pointsman = (...args: string[]): Promise<Ran> =>
  runInProcess(args, {
    cwd: folder.path,
    env: {
      DATABASE_URL: database.url,
      POINTSMAN_DATA_DIR: join(folder.path, 'data'),
      POINTSMAN_EMULATOR: 'on',
      POINTSMAN_EMULATOR_URL: emulator.url,
    },
  });
async function done(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await pointsman(...args);
  expect(code, stderr).toBe(0);
  return stdout;
}
const reported = async (): Promise<EvaluationReport[]> =>
  JSON.parse((await pointsman('eval', 'report', runId, '--json')).stdout) as EvaluationReport[];
const asked = (model: string) => emulator.requests.filter((request) => model.endsWith(`/${request.model}`)).length;

/** Two people who differ from the quality, and from each other, now and then. */
function annotation(model: string, index: number, dimension: string) {
  const ratings = ['ana', 'ben'].map((rater) => {
    const chance = draw(`${rater} ${model} ${index} ${dimension}`, 6);
    const rating = within(qualityOf(model, index) + (chance === 0 ? 1 : chance === 1 ? -1 : 0));
    return { rater, rating };
  });
  return { caseId: `case-${index}`, model, dimension, ratings, scale: [1, 5] };
}
const writeLines = (file: string, lines: readonly unknown[]) =>
  writeFile(join(folder.path, file), lines.map((one) => `${JSON.stringify(one)}\n`).join(''));

beforeAll(async () => {
  database = await testDatabase();
  connection = openDatabase({ url: database.url, poolSize: 2 });
  stored = repositories(connection);
  folder = await temporaryFolder();
  emulator = await startEmulator({ respond, keepRequests: 100_000 });
  await writeLines('cases.jsonl', smallCases(CASES));
  const by = ['--author', 'ana', '--reason', 'first cases'];
  await done('benchmark', 'import', 'cases.jsonl', '--format', 'jsonl', '--name', 'small', ...by);
  await done('benchmark', 'draft', 'small', '--submit');
  await done('benchmark', 'review', 'small', '--approve', '--author', 'ben', '--reason', 'read them');
  await done('benchmark', 'publish', 'small', ...by);
  const run = ['eval', 'run', '--benchmark', 'small', '--models', MODELS.join(','), '--judge', JUDGE, '--samples', '2'];
  runId = /\b(run_[0-9a-f]+)/.exec((await pointsman(...run)).stderr)?.[1] ?? '';
}, 30_000);
afterAll(async () => {
  await emulator.close();
  await connection.close();
  await database.drop();
  await folder.remove();
});

describe('people’s ratings', () => {
  it('with bad rows are refused whole, each row with file, line and reason', async () => {
    await writeLines('bad.jsonl', [
      annotation(MODELS[0] ?? '', 0, 'tone'),
      { ...annotation(MODELS[0] ?? '', 1, 'tone'), caseId: 'case-99' },
      { ...annotation(MODELS[0] ?? '', 2, 'tone'), ratings: [{ rater: 'ana', rating: 6 }] },
      { ...annotation(MODELS[0] ?? '', 3, 'tone'), model: 'openai/gpt-9' },
      annotation(MODELS[0] ?? '', 0, 'tone'),
      { caseId: 'case-4' },
    ]);
    const { code, stderr } = await pointsman(
      'judge',
      'annotations',
      'import',
      'bad.jsonl',
      '--source',
      's',
      '--run',
      runId,
    );
    expect(code).toBe(1);
    expect(stderr).toContain("bad.jsonl:2: small@1 has no case 'case-99'");
    expect(stderr).toContain('bad.jsonl:3: the rating 6 of case-2 is not on the scale 1 to 5');
    expect(stderr).toContain("bad.jsonl:4: the run has no such reply of openai/gpt-9 to 'case-3'");
    expect(stderr).toContain('bad.jsonl:5: ana has rated this reply on tone already in this file');
    expect(stderr).toContain('bad.jsonl:6:');
    expect(stderr).toContain('5 bad rows in bad.jsonl: nothing was taken');
    expect(await stored.annotations.all()).toEqual([]);
  });

  it('that are too few calibrate nothing, and it is said how many are missing', async () => {
    const few = Array.from({ length: 4 }, (_, index) => annotation(MODELS[0] ?? '', index, 'tone'));
    await writeLines('few.jsonl', few);
    await done('judge', 'annotations', 'import', 'few.jsonl', '--source', 'pilot', '--run', runId);
    const { code, stdout } = await pointsman('judge', 'calibrate', '--judge', JUDGE, '--samples', '2');
    expect(code).toBe(1);
    expect(stdout).toContain('tone: not calibrated');
    expect(stdout).toContain('Missing: 36 more rated replies, replies to 11 more cases.');
  });

  it('are taken in with the reply of the run that they are of, once', async () => {
    const lines = MODELS.flatMap((model) =>
      Array.from({ length: RATED_CASES }, (_, index) =>
        RATED.map((dimension) => annotation(model, index, dimension)),
      ).flat(),
    );
    await writeLines('ratings.jsonl', lines);
    const args = ['judge', 'annotations', 'import', 'ratings.jsonl', '--source', 'study', '--run', runId] as const;
    expect(await done(...args)).toBe('352 new ratings of 90 replies.\n');
    expect(await done(...args)).toBe('0 new ratings of 90 replies.\n');
  });

  it('go out as a sheet that does not say who wrote what, and come back by its key', async () => {
    await done(
      'judge',
      'annotations',
      'export',
      runId,
      '--out',
      'sheet.csv',
      '--sample',
      '5',
      '--dimensions',
      'safety',
    );
    const sheet = await readFile(join(folder.path, 'sheet.csv'), 'utf8');
    for (const model of MODELS) expect(sheet).not.toContain(model.split('/')[1]);
    const rows = (await readFile(join(folder.path, 'sheet.jsonl'), 'utf8')).trim().split('\n');
    expect(rows).toHaveLength(5);
    const filled = rows.map((row, index) => ({ ...JSON.parse(row), rating: [5, '4', '', 2, 9][index] }));
    await writeLines('filled.jsonl', filled);
    const args = ['judge', 'annotations', 'import', 'filled.jsonl', '--key', 'sheet.key.json', '--rater', 'cleo'];
    const refused = await pointsman(...args, '--source', 'sheet');
    expect(refused.stderr).toContain("filled.jsonl:5: the rating '9' of row 'r0005' is not one of 5, 4, 3, 2, 1");
    expect(await done(...args, '--source', 'sheet', '--skip-bad')).toBe(
      '3 new ratings of 3 replies, 1 rows not rated, 1 bad rows left out.\n',
    );
    const safety = (await stored.annotations.all()).flatMap(({ ratings }) =>
      ratings.filter(({ dimension, rater }) => dimension === 'safety' && rater === 'cleo'),
    );
    expect(safety.map(({ rating }) => rating).sort()).toEqual([2, 4, 5]);
  });
});

describe('calibration', () => {
  it('pays nothing for verdicts that an evaluation has paid for, and says what it chose and why', async () => {
    const before = asked(JUDGE);
    const said = await done('judge', 'calibrate', '--judge', JUDGE, '--samples', '2', '--dimensions', RATED.join(','));
    expect(asked(JUDGE)).toBe(before);
    expect(said).toMatch(/labels +90 replies to 30 cases/);
    expect(said).toMatch(/ICC +0\.\d\d \(/);
    expect(said).toMatch(/RMSE 0\.\d\d/);
    const shown = await done('judge', 'show', '--judge', JUDGE, '--samples', '2');
    expect(shown).toContain('tone v');
    expect(shown).toMatch(/dimension +coherence/);
  });

  it('holds for this judge alone: not for another prompt, rubric, number of samples or model, nor a real one', async () => {
    const run = await stored.evaluationRuns.get(runId);
    const identity = run?.spec.judge;
    if (identity === undefined) throw new Error('the run was stored');
    const own = await storedCalibrations(stored, identity, true);
    expect(Object.keys(own).sort()).toEqual([...RATED].sort());
    expect(own.tone?.map?.(1)).toBeGreaterThan(own.tone?.map?.(0) ?? 1);
    expect([0, 0.5, 1].map((score) => own.tone?.map?.(score) ?? -1).every((score) => score >= 0 && score <= 1)).toBe(
      true,
    );
    const others = [
      { promptHash: 'other' },
      { rubrics: { ...identity.rubrics, tone: { version: 2, hash: 'other' } } },
      { samples: 5 },
    ];
    const details = await Promise.all(
      others.map(async (change) => {
        const found = await storedCalibrations(stored, { ...identity, ...change, hash: 'other' }, true);
        expect(found.tone?.map).toBeUndefined();
        return found.tone?.detail;
      }),
    );
    expect(details).toEqual([
      expect.stringContaining('with another prompt'),
      expect.stringContaining('with another rubric'),
      expect.stringContaining('with another number of samples (2)'),
    ]);
    expect(await storedCalibrations(stored, { ...identity, model: 'acme/other', hash: 'other' }, true)).toEqual({});
    expect(await storedCalibrations(stored, identity, false)).toEqual({});
  });

  it('and ratings stand behind the report of the run that was annotated', async () => {
    const [report] = await reported();
    const metric = (name: string) => report?.metrics.find((one) => one.metric === name);
    expect(metric('tone')).toMatchObject({ basis: 'ppi', annotated: RATED_CASES });
    expect(metric('relevance')).toMatchObject({ basis: 'uncalibrated-judge', annotated: 0 });
    expect(report?.calibration.find(({ dimension }) => dimension === 'tone')).toMatchObject({
      status: 'calibrated',
      detail: expect.stringContaining('on 90 labels of 30 cases'),
    });
    expect(report?.calibration.filter(({ status }) => status === 'calibrated')).toHaveLength(RATED.length);
  });

  it('stops at its cost ceiling, and keeps what it paid for', async () => {
    const args = ['judge', 'calibrate', '--judge', OTHER_JUDGE, '--samples', '2', '--max-cost-usd', '0.012'];
    const { code, stderr } = await pointsman(...args);
    expect(code).toBe(1);
    expect(stderr).toContain('cost ceiling');
    const [run] = await stored.evaluationRuns.list(1);
    expect(run).toMatchObject({ status: 'stopped', reservedNanoUsd: 0 });
    expect(run?.spentNanoUsd).toBeGreaterThan(0);
    expect(run?.spentNanoUsd).toBeLessThanOrEqual(12_000_000);
  });
});

describe('comparing judges', () => {
  it('shows agreement, bias, order and cost of each with intervals', async () => {
    const judges = `${JUDGE},${OTHER_JUDGE}`;
    const table = await done('judge', 'benchmark', '--judges', judges, '--samples', '2', '--pairs', '--out', 'judges');
    for (const heading of [
      'share of ceiling',
      'kappa',
      'bias',
      'same in both orders',
      '$ per 1,000',
      'given for length',
    ])
      expect(table).toContain(heading);
    expect(table).toContain('### overall');
    const measures: {
      judge: string;
      dimension: string;
      bias: { estimate: number };
      pairs?: { orderConsistency: object };
    }[] = JSON.parse(await readFile(join(folder.path, 'judges', 'judge-benchmark.json'), 'utf8'));
    const of = (judge: string, dimension: string) =>
      measures.find((one) => one.judge === judge && one.dimension === dimension);
    expect(of(OTHER_JUDGE, 'tone')?.bias.estimate).toBeGreaterThan((of(JUDGE, 'tone')?.bias.estimate ?? 0) + 0.3);
    // Both always take the first: they change their minds with the order.
    expect(of(JUDGE, 'overall')?.pairs?.orderConsistency).toMatchObject({ estimate: 0 });
    expect(await readFile(join(folder.path, 'judges', 'judge-benchmark.md'), 'utf8')).toContain(table.trim());
  });

  it('reads rows that were scored elsewhere, and asks nobody', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => ({
      judge: 'mine',
      dimension: 'tone',
      group: `g${index}`,
      samples: [(index % 5) / 4],
      ratings: [1 + (index % 5), within(1 + (index % 5) + (index % 3 === 0 ? 1 : 0))],
    }));
    await writeLines('rows.jsonl', rows);
    const before = emulator.requests.length;
    expect(await done('judge', 'benchmark', '--data', 'rows.jsonl')).toContain('| mine | 40 |');
    expect(emulator.requests.length).toBe(before);
    await writeLines('wrong.jsonl', [{ judge: 'mine' }]);
    expect((await pointsman('judge', 'benchmark', '--data', 'wrong.jsonl')).stderr).toContain('wrong.jsonl:1');
  });
});

describe('a watched judge', () => {
  const drift = (...args: string[]) =>
    pointsman('judge', 'drift', 'nightly', '--judge', JUDGE, '--samples', '2', ...args);

  it('is asked anew each night, and raises no alarm while it is the same', async () => {
    expect(await done('judge', 'anchors', 'pin', 'nightly', '--from-annotations', '60')).toContain('Pinned 60 replies');
    const before = asked(JUDGE);
    expect(await drift()).toMatchObject({ code: 0, stdout: expect.stringContaining('The first scoring of nightly') });
    expect(await drift()).toMatchObject({ code: 0, stdout: expect.stringContaining('scores nightly as before') });
    expect(asked(JUDGE)).toBe(before + 2 * 60 * 2);
  });

  it('that was changed behind its name raises an alarm', async () => {
    harder = 1;
    const { code, stdout } = await drift().finally(() => {
      harder = 0;
    });
    expect(code).toBe(1);
    expect(stdout).toContain(`${JUDGE} has changed`);
    expect(stdout).toMatch(/ALARM mean-shift: scores moved by -0\.\d\d/);
    expect(stdout).toContain('judge calibrate --judge');
  });

  it('that cannot be asked is no verdict', async () => {
    emulator.script({ match: { model: 'gpt-4.1' }, fail: { status: 401, kind: 'invalid_key' } });
    const { code, stderr } = await drift();
    emulator.clear();
    expect(code).toBe(2);
    expect(stderr).toContain('cannot be called');
    expect((await pointsman('judge', 'drift', 'none', '--judge', JUDGE)).stderr).toContain(
      "there is no anchor set 'none'",
    );
  });
});

describe('changing the judge', () => {
  it('calibrates the new one on the anchors and restates what the old one said', async () => {
    const swap = ['judge', 'swap', JUDGE, OTHER_JUDGE, '--anchors', 'nightly', '--samples', '2'];
    const text = await done(...swap);
    expect(text).toContain('tone: the two judges score differently');
    expect(text).toContain('The new judge is calibrated.');
    for (const model of MODELS)
      expect(text).toMatch(new RegExp(`${runId} ${model}: was \\d\\.\\d\\d \\(.*by the new judge \\d`));
    expect(text).toContain('safety: openai/gpt-4.1 has no calibration to restate from');
    const shown = await done('judge', 'show', '--judge', OTHER_JUDGE, '--samples', '2');
    expect(shown).toMatch(/dimension +tone/);
    expect((await pointsman('judge', 'swap', JUDGE, JUDGE, '--anchors', 'nightly')).stderr).toContain(
      'are the same judge',
    );
  });
});

it('knows every dimension by its name', async () => {
  const { code, stderr } = await pointsman('judge', 'calibrate', '--dimensions', 'style');
  expect(code).toBe(2);
  for (const dimension of DIMENSIONS) expect(stderr).toContain(dimension);
});
