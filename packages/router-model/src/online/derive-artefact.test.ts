import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SMALL_TRAINING, syntheticRows } from '../../test/synthetic-rows.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { type Manifest, readManifest } from '../artefact/manifest.ts';
import { readModelTable, readTrainedOn } from '../artefact/read-artefact.ts';
import { writeArtefact } from '../artefact/write-artefact.ts';
import type { TrainingRow } from '../rows.ts';
import { openPredictor } from '../serving/open-predictor.ts';
import { openRouterSession, type RouterSession } from '../serving/router-session.ts';
import { trainRouter } from '../training/train-router.ts';
import { onboardModel } from './onboard-model.ts';
import { updateRouter } from './update-router.ts';

const folder = await temporaryFolder();
const artefactDir = `${folder.path}/trained`;
const outDir = `${folder.path}/derived`;
let session: RouterSession;

/** What the large model answered, under another name and in domains the artefact has not heard of. */
const answersOf = (name: string, rows: readonly TrainingRow[]): TrainingRow[] =>
  rows.map((row) => ({
    ...row,
    domain: 'unheard-of',
    observations: row.observations.flatMap((own) => (own.model === 'large' ? { ...own, model: name } : [])),
  }));

const trained = syntheticRows(600, 1);
const untrained = syntheticRows(200, 2);

beforeAll(async () => {
  await writeArtefact(artefactDir, await trainRouter(trained, { ...SMALL_TRAINING, split: 'all' }));
  session = await openRouterSession(artefactDir);
});
afterAll(async () => {
  await session.release();
  await folder[Symbol.asyncDispose]();
});

const onboard = (name: string, rows: TrainingRow[], from = artefactDir) =>
  onboardModel({ artefactDir: from, outDir, name, rows, read: (prompt) => session.read(prompt) });

describe('onboardModel', () => {
  it('derives an artefact that loads, knows the model and estimates it much like one it was trained on', async () => {
    const { manifest, report } = await onboard('newcomer', answersOf('newcomer', untrained.slice(0, 100)));
    expect(report).toMatchObject({ isNew: true, answers: 100, onTrainedPrompts: 0 });
    expect(manifest.parent).toBe((await readManifest(artefactDir)).version);
    expect(manifest.models.map(({ name }) => name)).toEqual(['large', 'small', 'newcomer']);
    expect(await readManifest(outDir)).toMatchObject({ version: manifest.version });
    const derived = await openRouterSession(outDir);
    const gaps: number[] = [];
    for (const { prompt } of untrained.slice(100)) {
      const { means } = await derived.run(prompt);
      gaps.push(Math.abs((means[2] ?? 1) - (means[0] ?? 0)));
    }
    await derived.release();
    expect(gaps.reduce((a, b) => a + b, 0) / gaps.length).toBeLessThan(0.1);
    const [large = Number.NaN, , newcomer = Number.NaN] = manifest.models.map(
      ({ scores }) => scores.factual_accuracy.mean,
    );
    expect(Math.abs(newcomer - large)).toBeLessThan(0.1);
  });

  it('lets a model nobody evaluated be estimated by the request', async () => {
    await onboard('newcomer', answersOf('newcomer', untrained.slice(0, 10)));
    const predictor = await openPredictor({ artefactDir: outDir });
    const meanOn = async (topic: string): Promise<number> => {
      const rows = untrained.filter(({ domain }) => domain === topic).slice(0, 20);
      let sum = 0;
      for (const { prompt } of rows)
        sum += (await predictor.predict(prompt, 10_000)).newcomer?.scores.factual_accuracy.mean ?? Number.NaN;
      return sum / rows.length;
    };
    const [easy, hard] = [await meanOn('cooking'), await meanOn('contracts')];
    await predictor.close();
    expect(easy).toBeGreaterThan(hard + 0.1);
  });

  it('records what was learned from, and learns none of it again', async () => {
    const rows = answersOf('newcomer', untrained.slice(0, 50));
    const { manifest } = await onboard('newcomer', rows);
    const learnedFrom = await readTrainedOn(outDir, manifest);
    expect([...rows, ...trained].every((row) => learnedFrom.has(row))).toBe(true);
    await expect(onboard('newcomer', rows, outDir)).rejects.toThrow(/50 were, or may have been, learned before/);
    const { report } = await onboard('newcomer', answersOf('newcomer', untrained.slice(40, 60)), outDir);
    expect(report).toMatchObject({ isNew: false, answers: 10, leftOut: { learnedBefore: 10 } });
    const table = await readModelTable(outDir, await readManifest(outDir));
    expect(table.models.find(({ name }) => name === 'newcomer')?.rows).toBe(60);
  });

  it('leaves out answers that training may have learned, but not those of a model it never saw', async () => {
    const rows = [...trained.slice(0, 30), ...untrained.slice(0, 5)];
    const { report } = await onboard('small', rows);
    expect(report).toMatchObject({ isNew: false, answers: 5, leftOut: { learnedBefore: 30 } });
    const { report: ofNew } = await onboard('newcomer', answersOf('newcomer', rows));
    expect(ofNew).toMatchObject({ answers: 35, onTrainedPrompts: 30 });
  });

  it('counts repeated and unscored answers without learning them', async () => {
    const rows = answersOf('newcomer', untrained.slice(0, 3));
    const unscored = rows.map((row) => ({
      ...row,
      observations: row.observations.map((own) => ({ ...own, scores: { tone: 1 } })),
    }));
    const { report } = await onboard('newcomer', [...rows, ...rows, ...unscored]);
    expect(report).toMatchObject({ answers: 3, leftOut: { repeated: 3, unscored: 3 } });
  });
});

describe('updateRouter', () => {
  const decisions = untrained.slice(0, 120).map(({ id }) => ({
    id,
    clientId: 'client',
    model: 'large',
    dimension: 'factual_accuracy' as const,
    predictedMean: 0.8,
    score: 0.2,
  }));
  const update = (scored: typeof decisions) =>
    updateRouter({ artefactDir, outDir, decisions: scored, read: (prompt) => session.read(prompt) });

  it('derives an artefact that loads and expects what the deployment saw', async () => {
    const before = await readManifest(artefactDir);
    const { manifest, report } = await update(decisions);
    expect(report).toMatchObject({ decisions: 120, models: [{ name: 'large', isNew: false }] });
    expect(manifest).toMatchObject({ parent: before.version, mode: before.mode });
    expect(manifest.version).not.toBe(before.version);
    const accuracy = ({ models }: Manifest): number => models[0]?.scores.factual_accuracy.mean ?? Number.NaN;
    expect(accuracy(manifest)).toBeLessThan(accuracy(before) - 0.2);
    await (await openRouterSession(outDir)).release();
  });

  it('refuses scores that say nothing about its estimates', async () => {
    const strange = decisions.map((decision) => ({ ...decision, dimension: 'tone' as never }));
    await expect(update(strange)).rejects.toThrow(/none of 120 scores is in a dimension the artefact predicts/);
  });
});
