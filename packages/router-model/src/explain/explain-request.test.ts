import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { promptFor, SMALL_TRAINING, syntheticRows } from '../../test/synthetic-rows.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { readManifest } from '../artefact/manifest.ts';
import { writeArtefact, writeManifest } from '../artefact/write-artefact.ts';
import { clippedLogit } from '../mathematics/logistic.ts';
import { applyPromotion } from '../promotion/apply-promotion.ts';
import { type TrainingResult, trainRouter } from '../training/train-router.ts';
import { explainRequest } from './explain-request.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let result: TrainingResult;
const rows = syntheticRows(900, 51);
const HARD =
  rows.find(({ domain, prompt }) => domain === 'astronomy' && prompt.text.startsWith('prove'))?.prompt ??
  expect.fail('no such row');

beforeAll(async () => {
  folder = await temporaryFolder();
  result = await trainRouter(rows, SMALL_TRAINING);
  await writeArtefact(folder.path, result);
});
afterAll(() => folder[Symbol.asyncDispose]());

describe('explainRequest', () => {
  it('says which sort of request it takes it for, likeliest first', async () => {
    const { kinds, familiarity, version } = await explainRequest(folder.path, HARD);
    expect(
      kinds
        .slice(0, 2)
        .map(({ label }) => label)
        .sort(),
    ).toEqual(['left|astronomy', 'right|astronomy']);
    expect((kinds[0]?.probability ?? 0) + (kinds[1]?.probability ?? 0)).toBeGreaterThan(0.9);
    expect(familiarity).toBeGreaterThan(0.5);
    expect(version).toMatch(/^[0-9a-f]{12}$/);
  });

  it('names the features of its form that are furthest from typical', async () => {
    const { features } = await explainRequest(folder.path, promptFor(HARD.text.repeat(8)));
    const distances = (features ?? expect.fail('no features')).map(({ deviations }) => Math.abs(deviations));
    expect(distances).toEqual(distances.toSorted((a, b) => b - a));
    const length = Math.log1p(8 * HARD.text.length);
    expect(features).toContainEqual({ name: 'text length', value: expect.closeTo(length, 5), deviations: 4 });
    // What never varied in training says nothing.
    expect(features).toContainEqual(expect.objectContaining({ name: 'tools', value: 0, deviations: 0 }));
  });

  it('tells what the skills asked for do to each model: together the step from kind averages to the estimate', async () => {
    const learned = await explainRequest(folder.path, HARD, ['small', 'large', 'nobody']);
    expect(learned.skills[0]?.effects.map(({ model }) => model)).toEqual(['small', 'large']);
    await applyPromotion(folder.path, { mode: 'kind-averages', modeReason: 'for a test' });
    const kinds = await explainRequest(folder.path, HARD, ['small']);
    await applyPromotion(folder.path, { mode: 'learned', modeReason: 'for a test' });
    expect(kinds.skills).toEqual([]);
    const logit = ({ prediction }: typeof learned): number =>
      clippedLogit(prediction.models.get('small')?.scores.factual_accuracy.mean ?? Number.NaN);
    const effect = learned.skills.reduce((sum, { effects }) => sum + (effects[0]?.logOdds ?? 0), 0);
    expect(effect).not.toBe(0);
    expect(logit(learned) - logit(kinds)).toBeCloseTo(effect, 3);
  });

  it('explains an artefact that does not know what is typical, without features', async () => {
    const manifest = await readManifest(folder.path);
    const { typical: _typical, ...features } = manifest.features;
    await writeManifest(folder.path, { ...manifest, features });
    expect((await explainRequest(folder.path, HARD)).features).toBeUndefined();
    await writeManifest(folder.path, manifest);
  });
});
