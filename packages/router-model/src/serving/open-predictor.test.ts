import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DIMENSIONS } from '@pointsman/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { promptFor, SMALL_TRAINING, syntheticRows } from '../../test/synthetic-rows.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { writeArtefact } from '../artefact/write-artefact.ts';
import { featurise } from '../features/featurise.ts';
import { estimateModels, prepareModels } from '../model/estimate-models.ts';
import { encodeRequest, readRequest } from '../model/read-request.ts';
import { type TrainingResult, trainRouter } from '../training/train-router.ts';
import { openPredictor, openPredictorWith } from './open-predictor.ts';
import { openRouterSession } from './router-session.ts';
import { type InferenceWorker, startWorker } from './start-worker.ts';

const PATIENCE_MS = 10_000;
const rows = syntheticRows(600, 21);
const astronomyPrompt = promptFor(
  'say briefly galaxy orbit comet nebula planet eclipse asteroid star moon telescope orbit galaxy?',
);
const prompts = [...rows.slice(0, 20).map((row) => row.prompt), promptFor(''), promptFor('日本語 }{ 12 ==')];
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let result: TrainingResult;
let first = '';
let second = '';

beforeAll(async () => {
  folder = await temporaryFolder();
  first = join(folder.path, 'first');
  second = join(folder.path, 'second');
  result = await trainRouter(rows, SMALL_TRAINING);
  await writeArtefact(first, result);
  await writeArtefact(second, await trainRouter(rows, { ...SMALL_TRAINING, seed: 8 }));
});
afterAll(() => folder[Symbol.asyncDispose]());

async function damaged(name: string, change: (onnx: Uint8Array) => Uint8Array): Promise<string> {
  const dir = join(folder.path, name);
  await writeArtefact(dir, result);
  await writeFile(join(dir, 'model.onnx'), change(await readFile(join(dir, 'model.onnx'))));
  return dir;
}

describe('openPredictor', () => {
  it('computes in ONNX what training computed in JavaScript, to 1e-4', async () => {
    const predictor = await openPredictor({ artefactDir: first });
    const prepared = prepareModels(result.models);
    for (const prompt of prompts) {
      const { encoder } = result.request;
      const reading = readRequest(result.request, encodeRequest(encoder, featurise(prompt, encoder.buckets)));
      const expected = estimateModels(prepared, reading);
      const { models } = await predictor.predict(prompt, PATIENCE_MS);
      prepared.names.forEach((name, m) => {
        const { scores, outputTokens } = models.get(name) ?? { scores: undefined, outputTokens: Number.NaN };
        expect(Math.abs((scores?.factual_accuracy.mean ?? 9) - (expected.means[0]?.[m] ?? 0))).toBeLessThan(1e-4);
        expect(Math.abs((scores?.factual_accuracy.spread ?? 9) - (expected.spreads[0]?.[m] ?? 0))).toBeLessThan(1e-4);
        expect(outputTokens / (expected.outputTokens[m] ?? 0)).toBeCloseTo(1, 4);
      });
    }
    await predictor.close();
  });

  it('estimates every dimension of every model and names a likely kind', async () => {
    const predictor = await openPredictor({ artefactDir: first });
    const prediction = await predictor.predict(astronomyPrompt, PATIENCE_MS);
    expect(prediction.version).toBe(predictor.manifest.version);
    expect(prediction.kind).toBe('astronomy');
    expect(prediction.familiarity).toBeGreaterThan(0.5);
    expect(prediction.models.get('nobody')).toBeUndefined();
    for (const name of ['large', 'small']) {
      const { scores, basis } = prediction.models.get(name) ?? expect.fail(`${name} is not known`);
      expect(basis).toBe('learned');
      for (const dimension of DIMENSIONS) {
        expect(scores[dimension].mean).toBeGreaterThan(0);
        expect(scores[dimension].mean).toBeLessThan(1);
        expect(scores[dimension].spread).toBeGreaterThan(0);
      }
    }
    await predictor.close();
  });

  it('rejects a prediction that is late, and serves the next', async () => {
    const predictor = await openPredictor({ artefactDir: first });
    const [prompt = promptFor('')] = prompts;
    // A hundred requests ahead of it take the thread longer than a millisecond.
    const ahead = Array.from({ length: 100 }, () => predictor.predict(prompt, PATIENCE_MS));
    await expect(predictor.predict(prompt, 1)).rejects.toThrow(/longer than 1 ms/);
    await Promise.all(ahead);
    await expect(predictor.predict(prompt, PATIENCE_MS)).resolves.toBeDefined();
    await predictor.close();
  });

  it('turns requests away at once when too many wait', async () => {
    const predictor = await openPredictor({ artefactDir: first });
    const [prompt = promptFor('')] = prompts;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 300 }, () => predictor.predict(prompt, PATIENCE_MS)),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(300);
    for (const { reason } of refused) expect(String(reason)).toMatch(/busy/);
    await predictor.close();
  });

  it('replaces a crashed thread and rejects what it was answering', async () => {
    const workers: InferenceWorker[] = [];
    const predictor = await openPredictorWith(async (dir) => {
      const worker = await startWorker(dir);
      workers.push(worker);
      return worker;
    }, first);
    const [prompt = promptFor('')] = prompts;
    const lost = predictor.predict(prompt, PATIENCE_MS);
    const crash = workers[0]?.stop();
    await expect(lost).rejects.toThrow(/router worker ended/);
    await crash;
    await expect(predictor.predict(prompt, PATIENCE_MS)).resolves.toBeDefined();
    expect(workers).toHaveLength(2);
    await predictor.close();
  });

  it('never waits longer than told for a thread that cannot be replaced', async () => {
    let starts = 0;
    const workers: InferenceWorker[] = [];
    const predictor = await openPredictorWith(async (dir) => {
      starts += 1;
      if (starts > 1) throw new Error('no memory for another thread');
      const worker = await startWorker(dir);
      workers.push(worker);
      return worker;
    }, first);
    await workers[0]?.stop();
    const [prompt = promptFor('')] = prompts;
    await expect(predictor.predict(prompt, PATIENCE_MS)).rejects.toThrow(/could not be restarted/);
    await predictor.close();
  });

  it('serves another artefact after a reload, and loses no request over it', async () => {
    const predictor = await openPredictor({ artefactDir: first });
    const before = predictor.manifest.version;
    const [prompt = promptFor('')] = prompts;
    let isReloading = true;
    const reloading = predictor.reload(second).finally(() => {
      isReloading = false;
    });
    const during: string[] = [];
    while (isReloading) {
      const batch = Array.from({ length: 20 }, () => predictor.predict(prompt, PATIENCE_MS));
      for (const { version } of await Promise.all(batch)) during.push(version);
    }
    const after = await reloading;
    expect(during[0]).toBe(before);
    expect(after.version).not.toBe(before);
    expect(during.every((version) => version === before || version === after.version)).toBe(true);
    expect((await predictor.predict(prompt, PATIENCE_MS)).version).toBe(after.version);
    await predictor.close();
  });

  it('keeps the old artefact, and says why, when the new one is damaged, half-written, wrong or missing', async () => {
    const predictor = await openPredictor({ artefactDir: first });
    const version = predictor.manifest.version;
    const [prompt = promptFor('')] = prompts;
    const flipped = await damaged('flipped', (onnx) => onnx.map((byte, n) => (n === 2_000 ? byte ^ 255 : byte)));
    await expect(predictor.reload(flipped)).rejects.toThrow(/damaged or half-written/);
    const cut = await damaged('cut', (onnx) => onnx.subarray(0, 1_000));
    await expect(predictor.reload(cut)).rejects.toThrow(/damaged or half-written/);
    await expect(predictor.reload(join(folder.path, 'nowhere'))).rejects.toThrow(/no router artefact at/);
    expect(predictor.manifest.version).toBe(version);
    expect((await predictor.predict(prompt, PATIENCE_MS)).version).toBe(version);
    await predictor.close();
  });

  it('refuses an artefact whose results differ from what training saw', async () => {
    const dir = join(folder.path, 'drifted');
    const manifest = await writeArtefact(dir, result);
    const [check] = manifest.selfCheck;
    const drifted = { ...manifest, selfCheck: [{ ...check, means: check?.means.map((m) => m.map((p) => p + 0.01)) }] };
    await writeFile(join(dir, 'manifest.json'), JSON.stringify(drifted));
    await expect(openPredictor({ artefactDir: dir })).rejects.toThrow(/fails its self-check/);
  });

  it('refuses a manifest that is not one, naming the field', async () => {
    const dir = join(folder.path, 'unmanifest');
    const manifest = await writeArtefact(dir, result);
    await copyFile(join(first, 'model.onnx'), join(dir, 'model.onnx'));
    await writeFile(join(dir, 'manifest.json'), JSON.stringify({ ...manifest, heads: ['charm'] }));
    await expect(openRouterSession(dir)).rejects.toThrow(/heads/);
    await writeFile(join(dir, 'manifest.json'), '{');
    await expect(openRouterSession(dir)).rejects.toThrow(/not JSON/);
  });

  it('refuses an artefact of another version, saying which and what to do', async () => {
    const dir = join(folder.path, 'other-format');
    const manifest = await writeArtefact(dir, result);
    for (const format of [1, 3]) {
      await writeFile(join(dir, 'manifest.json'), JSON.stringify({ ...manifest, format }));
      await expect(openPredictor({ artefactDir: dir })).rejects.toThrow(
        `is of format ${format}; this version reads format 2: train the artefact again`,
      );
    }
  });

  it('refuses one that was tampered with: a hash, a version, or the model table', async () => {
    const dir = join(folder.path, 'tampered');
    const manifest = await writeArtefact(dir, result);
    const graph = { ...manifest.files.graph, sha256: '0'.repeat(64) };
    const edited = { ...manifest, files: { ...manifest.files, graph } };
    await writeFile(join(dir, 'manifest.json'), JSON.stringify(edited));
    await expect(openPredictor({ artefactDir: dir })).rejects.toThrow(/says version [0-9a-f]{12}, the files it lists/);
    await writeFile(join(dir, 'manifest.json'), JSON.stringify({ ...manifest, version: '0123456789ab' }));
    await expect(openPredictor({ artefactDir: dir })).rejects.toThrow(/says version 0123456789ab/);
    await writeFile(join(dir, 'manifest.json'), JSON.stringify(manifest));
    const table = await readFile(join(dir, 'models.json'), 'utf8');
    await writeFile(join(dir, 'models.json'), table.replace('"large"', '"great"'));
    await expect(openPredictor({ artefactDir: dir })).rejects.toThrow(/models\.json is damaged or half-written/);
  });

  it('names a few problems of a manifest that is of another kind altogether', async () => {
    const dir = join(folder.path, 'foreign');
    await writeArtefact(dir, result);
    await writeFile(join(dir, 'manifest.json'), '{"name": "a web app", "short_name": "app"}');
    await expect(openPredictor({ artefactDir: dir })).rejects.toThrow(
      /is not a router manifest:\n(- .*\n){5}- and \d+ more$/,
    );
  });

  it('answers nothing once closed', async () => {
    const predictor = await openPredictor({ artefactDir: first });
    await predictor.close();
    await expect(predictor.predict(promptFor('x'), PATIENCE_MS)).rejects.toThrow(/closed/);
  });
});
