import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SMALL_TRAINING, syntheticRows } from '../../test/synthetic-rows.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { applyPromotion } from '../promotion/apply-promotion.ts';
import { trainRouter } from '../training/train-router.ts';
import { listArtefacts, storeArtefact } from './artefact-store.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { writeArtefact } from './write-artefact.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let trained = '';
let manifest: Manifest;
const storeIn = (name: string) => join(folder.path, name);

beforeAll(async () => {
  folder = await temporaryFolder();
  trained = join(folder.path, 'trained');
  await writeArtefact(trained, await trainRouter(syntheticRows(600, 41), SMALL_TRAINING));
  manifest = await readManifest(trained);
  await writeFile(join(trained, 'training.checkpoint'), 'not part of it');
});
afterAll(() => folder[Symbol.asyncDispose]());

describe('the artefact store', () => {
  it('keeps a copy under its version, without what is not part of it', async () => {
    const store = storeIn('copy');
    const stored = await storeArtefact(trained, store);
    expect(stored).toEqual({ artefactDir: join(store, manifest.version), manifest });
    expect(await readdir(store)).toEqual([manifest.version]);
    expect((await readdir(stored.artefactDir)).sort()).toEqual([
      'manifest.json',
      'model.onnx',
      'models.json',
      'trained-on.bin',
    ]);
    expect(await storeArtefact(stored.artefactDir, store)).toEqual(stored);
    expect(await listArtefacts(store)).toEqual([stored]);
  });

  it('replaces a damaged copy, and of a sound one only the manifest', async () => {
    const store = storeIn('again');
    const { artefactDir } = await storeArtefact(trained, store);
    await applyPromotion(artefactDir, { mode: 'blind', modeReason: 'for a test' });
    await storeArtefact(trained, store);
    expect((await readManifest(artefactDir)).mode).toBe('learned');
    await truncate(join(artefactDir, 'model.onnx'), 1_000);
    await storeArtefact(trained, store);
    expect(await readFile(join(artefactDir, 'model.onnx'))).toHaveLength(manifest.files.graph.bytes);
  });

  it.each([
    ['model.onnx', /model\.onnx is damaged or half-written/],
    ['models.json', /models\.json is damaged or half-written/],
    ['trained-on.bin', /trained-on\.bin is damaged or half-written/],
  ])('takes in nothing whose %s was truncated', async (file, message) => {
    const broken = storeIn(`broken-${file}`);
    const { artefactDir } = await storeArtefact(trained, broken);
    await truncate(join(artefactDir, file), 100);
    const store = storeIn(`from-${file}`);
    await expect(storeArtefact(artefactDir, store)).rejects.toThrow(message);
    expect(await listArtefacts(store)).toEqual([]);
    expect(await readdir(store)).toEqual([]);
  });

  it('lists nothing where there is no store, and says of a folder why it holds no artefact', async () => {
    expect(await listArtefacts(storeIn('nowhere'))).toEqual([]);
    const store = storeIn('odd');
    const { artefactDir } = await storeArtefact(trained, store);
    await rm(join(artefactDir, 'manifest.json'));
    expect(await listArtefacts(store)).toEqual([
      { artefactDir, problem: expect.stringMatching(/no router artefact at .*cannot read manifest\.json/) },
    ]);
  });
});
