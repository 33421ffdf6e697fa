import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SMALL_TRAINING, syntheticRows } from '../../test/synthetic-rows.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { readManifest } from '../artefact/manifest.ts';
import { recordEvaluation, writeArtefact } from '../artefact/write-artefact.ts';
import { trainRouter } from '../training/train-router.ts';
import { evaluateRouter } from './evaluate-router.ts';
import type { EvaluationTable } from './evaluation-table.ts';
import { formatEvaluation } from './format-evaluation.ts';

const rows = syntheticRows(2_000, 31).map((row, n) => ({
  ...row,
  split: n % 4 < 2 ? ('train' as const) : ('dev' as const),
}));
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let table: EvaluationTable;

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeArtefact(folder.path, await trainRouter(rows, SMALL_TRAINING));
  table = await evaluateRouter(folder.path, rows, { resamples: 200 });
});
afterAll(() => folder[Symbol.asyncDispose]());

describe('evaluateRouter', () => {
  it('measures only on held-out requests', () => {
    expect(table.requests).toBe(1_000);
  });

  it('finds the wording that domain averages cannot see', () => {
    const all = table.slices.find(({ source }) => source === 'all');
    const difference = all?.versusDomain.logLoss;
    expect(difference !== undefined && 'high' in difference && difference.high).toBeLessThan(0);
    expect(all?.router.auc).toBeGreaterThan(all?.domainAverage.auc ?? 1);
    expect(all?.router.calibrationError).toBeLessThan(0.05);
  });

  it('routes better than domain averages, prompt length and the blind mix', () => {
    for (const { apgr } of table.pairs) {
      expect(apgr.router).toBeGreaterThan(apgr.domainAverage);
      expect(apgr.router).toBeGreaterThan(apgr.promptLength);
    }
    for (const { target, router, zeroRouter } of table.savings) {
      expect(router.quality).toBeGreaterThan(target - 0.05);
      expect(router.saved - zeroRouter.saved + router.quality - zeroRouter.quality).toBeGreaterThan(0);
    }
  });

  it('covers at about the nominal rate, in the worst domain too', () => {
    const [coverage] = table.coverage;
    expect(coverage?.overall).toBeGreaterThan(0.85);
    expect(coverage?.worstDomain?.coverage).toBeGreaterThan(0.8);
  });

  it('is kept in the manifest and formatted for people', async () => {
    await recordEvaluation(folder.path, table);
    expect((await readManifest(folder.path)).evaluation?.requests).toBe(1_000);
    const text = formatEvaluation(table);
    expect(text).toContain(`# Router ${table.version} on 1000 held-out requests`);
    expect(text).toMatch(/\| factual_accuracy \| all \| 1000 \| 2000 \|/);
    expect(text).not.toMatch(/NaN|undefined/);
  });

  it('says so when nothing was held out', async () => {
    const train = rows.map((row) => ({ ...row, split: 'train' as const }));
    await expect(evaluateRouter(folder.path, train)).rejects.toThrow(/no held-out row/);
  });
});
