import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Decision, DIMENSIONS, type DimensionScores } from '@pointsman/contracts';
import { repositories } from '@pointsman/db';
import { sampleDecision } from '@pointsman/db/testing';
import { readManifest, shippedArtefactDir } from '@pointsman/router-model';
import { seededRandom } from '@pointsman/statistics';
import { testDatabase } from '@pointsman/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runInProcess } from './run-pointsman.ts';

const KNOWN = 'llama-3.1-8b-instruct';

let storage: ReturnType<typeof repositories>;
let url: string;
let drop: () => Promise<void>;
let cwd: string;
beforeAll(async () => {
  const test = await testDatabase();
  storage = repositories(test.database);
  ({ url, drop } = test);
  cwd = await mkdtemp(join(tmpdir(), 'pointsman-learn-'));
});
afterAll(async () => {
  await drop();
  await rm(cwd, { recursive: true });
});

const run = (...args: string[]) => runInProcess(['--json', 'router', ...args], { cwd, env: { DATABASE_URL: url } });

function decisionOf(routerVersion: string, mean: number): Decision {
  const scores = Object.fromEntries(DIMENSIONS.map((one) => [one, { mean, spread: 0.1 }])) as DimensionScores;
  const candidate = { modelId: KNOWN, basis: 'learned', scores } as const;
  return sampleDecision(Date.now(), { routerVersion, modelId: KNOWN, candidates: [candidate], kind: 'mcq_law' });
}

describe('router update', () => {
  it('says that there is nothing to learn from before anybody scored a reply', async () => {
    const { code, stderr } = await run('update', '--out', 'nothing');
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/nothing to learn from/);
  });

  it('learns from feedback on its own decisions that a model is worse here than predicted, and from no other', async () => {
    const { version } = await readManifest(shippedArtefactDir());
    const own = Array.from({ length: 120 }, () => decisionOf(version, 0.8));
    const other = decisionOf('0123456789ab', 0.8);
    await storage.decisions.insertBatch([...own, other]);
    for (const [n, { id, clientId }] of [...own, other].entries())
      await storage.feedback.add({ decision_id: id, thumb: n % 2 === 0 ? 'up' : 'down' }, clientId);
    const { code, stdout, stderr } = await run('update', '--out', 'updated');
    expect(code, stderr).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ decisions: 120, leftOut: { ofOtherVersions: 1, unpredicted: 0, gone: 0 } });
    const [model] = report.models;
    expect(model).toMatchObject({ name: KNOWN, isNew: false, decisions: 120, scored: 0.5 });
    expect(model.predicted.before).toBeCloseTo(0.8, 3);
    expect(model.predicted.after).toBeLessThan(0.65);
    expect((await readManifest(join(cwd, 'updated'))).parent).toBe(version);
  });
});

describe('router onboard', () => {
  it('adds a model by its answers alone, surer of it than before', async () => {
    const random = seededRandom(3);
    const answers = Array.from({ length: 60 }, (_, n) => ({
      prompt: `Question ${n}: what does a covenant in lease number ${Math.floor(random() * 1e6)} oblige a tenant to do?`,
      model: 'acme-1',
      scores: { factual_accuracy: random() < 0.9 ? 1 : 0 },
    }));
    await writeFile(join(cwd, 'answers.jsonl'), answers.map((answer) => JSON.stringify(answer)).join('\n'));
    const onboard = ['onboard', '--model', 'acme-1', '--data', 'answers.jsonl', '--out', 'onboarded'];
    const { code, stdout, stderr } = await run(...onboard);
    expect(code, stderr).toBe(0);
    const { isNew, ability } = JSON.parse(stdout);
    expect(isNew).toBe(true);
    expect(ability.after.high - ability.after.low).toBeLessThan(ability.before.high - ability.before.low);
    const { models } = await readManifest(join(cwd, 'onboarded'));
    expect(models.map(({ name }) => name)).toContain('acme-1');
    expect((await run('onboard', '--model', 'nobody', '--data', 'answers.jsonl', '--out', 'x')).stderr).toMatch(
      /no answer of nobody to learn/,
    );
  });
});
