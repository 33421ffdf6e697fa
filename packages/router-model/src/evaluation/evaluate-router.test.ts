import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { known } from '../../test/known.ts';
import { SMALL_TRAINING, syntheticRows } from '../../test/synthetic-rows.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { readManifest } from '../artefact/manifest.ts';
import { recordEvaluation, writeArtefact, writeManifest } from '../artefact/write-artefact.ts';
import { trainRouter } from '../training/train-router.ts';
import { evaluateRouter } from './evaluate-router.ts';
import type { EvaluationTable } from './evaluation-table.ts';
import { formatEvaluation } from './format-evaluation.ts';

const rows = syntheticRows(2_000, 31).map((row, n) => ({
  ...row,
  split: n % 4 < 2 ? ('train' as const) : ('dev' as const),
}));
const held = rows.filter(({ split }) => split === 'dev').length;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let artefact = '';
let table: EvaluationTable;

beforeAll(async () => {
  folder = await temporaryFolder();
  artefact = join(folder.path, 'artefact');
  await writeArtefact(artefact, await trainRouter(rows, SMALL_TRAINING));
  table = await evaluateRouter(artefact, rows, { resamples: 200 });
});
afterAll(() => folder[Symbol.asyncDispose]());

describe('evaluateRouter', () => {
  it('measures on held-out requests, and counts those it leaves out as repeating a training row', () => {
    const { learned, duplicates } = table.data.leftOut;
    expect(table.requests + learned + duplicates).toBe(held);
    expect(table.requests).toBeGreaterThan(950);
    expect(duplicates).toBe(0);
  });

  it('finds the wording that domain averages cannot see', () => {
    const all = table.slices.find(({ source }) => source === 'all');
    expect(known(all?.versusDomain.logLoss).high).toBeLessThan(0);
    expect(known(all?.versusRidge.logLoss).value).toBeLessThan(0.01);
    expect(known(all?.router.auc).value).toBeGreaterThan(known(all?.domainAverage.auc).value);
    expect(known(all?.router.calibrationError).value).toBeLessThan(0.05);
  });

  it('gives every figure an interval around it', () => {
    const figures = JSON.stringify(table).match(/"value":[^}]*/g) ?? [];
    expect(figures.length).toBeGreaterThan(100);
    const [slice] = table.slices;
    for (const { value, low, high } of [slice?.router.logLoss, slice?.router.auc, table.coverage[0]?.overall].map(
      known,
    )) {
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
    }
  });

  it('routes better than domain averages, prompt length and the blind mix', () => {
    for (const { apgr } of table.pairs) {
      expect(known(apgr.router).value).toBeGreaterThan(known(apgr.domainAverage).value);
      expect(known(apgr.router).value).toBeGreaterThan(known(apgr.promptLength).value);
    }
    for (const { target, router, zeroRouter } of table.savings) {
      const [saved, quality] = [known(router.saved).value, known(router.quality).value];
      expect(quality).toBeGreaterThan(target - 0.05);
      expect(saved - known(zeroRouter.saved).value + quality - known(zeroRouter.quality).value).toBeGreaterThan(0);
    }
  });

  it('shows by the cost-matched shuffle that reading the request paid', () => {
    expect(table.choices.map(({ source }) => source)).toEqual(['all', 'left', 'right']);
    const [all] = table.choices;
    expect(known(all?.learned.quality).low).toBeGreaterThan(0);
    expect(known(all?.learnedVersusKinds).low).toBeGreaterThan(0);
    expect(Math.abs(known(all?.learned.cost).value)).toBeLessThan(0.02);
  });

  it('covers at about the nominal rate, in the worst domain too', () => {
    const [coverage] = table.coverage;
    expect(known(coverage?.overall).value).toBeGreaterThan(0.85);
    expect(known(coverage?.worstDomain?.coverage).value).toBeGreaterThan(0.8);
  });

  it('says the same again, whatever order the rows come in and whatever mode the artefact serves in', async () => {
    await writeManifest(artefact, { ...(await readManifest(artefact)), mode: 'blind' });
    const again = await evaluateRouter(artefact, rows.toReversed(), { resamples: 20 });
    await writeManifest(artefact, { ...(await readManifest(artefact)), mode: 'learned' });
    expect(again.data).toEqual(table.data);
    expect(known(again.slices[0]?.router.logLoss).value).toBeCloseTo(known(table.slices[0]?.router.logLoss).value, 10);
    expect(again.blocks[0]?.scores.toSorted()).toEqual(table.blocks[0]?.scores.toSorted());
  });

  it('is kept in the manifest and formatted for people', async () => {
    await recordEvaluation(artefact, table);
    expect((await readManifest(artefact)).evaluation?.requests).toBe(table.requests);
    const text = formatEvaluation(table);
    expect(text).toContain(`# Router ${table.version} on ${table.requests} held-out requests`);
    expect(text).toMatch(/\| factual_accuracy \| all \| \d+ \| \d+ \| 0\.\d{4} \[0\.\d{4}, 0\.\d{4}\] \|/);
    expect(text).not.toMatch(/NaN|undefined/);
  });

  it('counts a report of another shape as none, and loads the artefact all the same', async () => {
    const manifest = await readManifest(artefact);
    const stale = { ...manifest, evaluation: { ...table, format: 1 as never } };
    await expect(writeManifest(artefact, stale)).resolves.toBeUndefined();
    expect((await readManifest(artefact)).evaluation).toBeUndefined();
  });

  it('says so when nothing was held out', async () => {
    const train = rows.map((row) => ({ ...row, split: 'train' as const }));
    await expect(evaluateRouter(artefact, train)).rejects.toThrow(/nothing is held out/);
  });

  it('refuses rows that were all learned from, and leaves out those another artefact learned from', async () => {
    const seen = rows.filter(({ split }) => split === 'train').map((row) => ({ ...row, split: 'dev' as const }));
    await expect(evaluateRouter(artefact, seen)).rejects.toThrow(/no held-out row is fit[\s\S]*were learned from/);
    const other = join(folder.path, 'other');
    const half = rows.map((row, n) => ({ ...row, split: n % 4 < 3 ? ('train' as const) : ('dev' as const) }));
    await writeArtefact(other, await trainRouter(half, SMALL_TRAINING));
    const both = await evaluateRouter(artefact, rows, { resamples: 20, unseenBy: [other] });
    expect(both.data.leftOut.learned).toBeGreaterThan(490);
    expect(both.data.hash).toBe((await evaluateRouter(other, rows, { resamples: 20, unseenBy: [artefact] })).data.hash);
  });
});
