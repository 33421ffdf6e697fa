import { type CatalogModel, catalogModelSchema, DIMENSIONS, type DimensionScores } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { type Manifest, readManifest } from './artefact/manifest.ts';
import { readModelTable } from './artefact/read-artefact.ts';
import { estimateFor } from './estimate-for.ts';
import { describeNewcomer } from './prior/describe-newcomer.ts';
import { fitCatalogPrior } from './prior/fit-catalog-prior.ts';
import type { RouterPrediction } from './serving/open-predictor.ts';
import { shippedArtefactDir } from './shipped-artefact.ts';

const model = (routerNames: string[]): CatalogModel =>
  catalogModelSchema.parse({
    id: 'openai/gpt-x',
    provider: 'openai',
    upstreamModel: 'gpt-x',
    name: 'GPT X',
    kind: 'chat',
    status: 'active',
    contextTokens: 1_000,
    maxOutputTokens: 100,
    modalities: { input: ['text'], output: ['text'] },
    capabilities: { tools: true, structuredOutput: 'none', reasoning: false, temperature: true },
    prices: [{ from: '2026-01-01', inputMicroUsdPerMtok: 1, outputMicroUsdPerMtok: 1 }],
    routerNames,
  });

const scores = Object.fromEntries(
  DIMENSIONS.map((dimension) => [dimension, { mean: 0.8, spread: 0.1 }]),
) as DimensionScores;
const prediction: RouterPrediction = {
  version: 'abc',
  domain: undefined,
  task: undefined,
  kind: undefined,
  familiarity: 1,
  models: new Map([['known', { scores, outputTokens: 12, basis: 'learned' }]]),
};

describe('estimateFor', () => {
  it('takes the first router name that was predicted', () => {
    expect(estimateFor(model(['absent', 'known']), prediction, undefined)).toEqual({
      scores,
      outputTokens: 12,
      basis: 'learned',
    });
  });

  it('falls back to the benchmark average without a prediction', async () => {
    const manifest = await readManifest(shippedArtefactDir());
    const estimate = estimateFor(model(['gpt-4o-2024-05-13']), undefined, manifest);
    expect(estimate.basis).toBe('benchmark-average');
    expect(estimate.scores.factual_accuracy.spread).toBeGreaterThan(0.1);
  });

  it('prefers what was learned under the own id of a model', () => {
    const own: RouterPrediction['models'] = {
      get: (name) =>
        name === 'openai/gpt-x' ? { scores, outputTokens: 7, basis: 'learned' } : prediction.models.get(name),
    };
    expect(estimateFor(model(['known']), { ...prediction, models: own }, undefined).outputTokens).toBe(7);
  });

  it('states a wide prior where the artefact says nothing of models nobody evaluated', async () => {
    const { newcomer: _, ...manifest } = await readManifest(shippedArtefactDir());
    for (const estimate of [
      estimateFor(model([]), prediction, manifest),
      estimateFor(model(['nobody']), undefined, undefined),
    ]) {
      expect(estimate.basis).toBe('prior');
      expect(estimate.outputTokens).toBeGreaterThan(0);
      for (const dimension of DIMENSIONS) expect(estimate.scores[dimension].spread).toBeGreaterThan(0.25);
    }
  });
});

describe('estimateFor a model nobody evaluated', () => {
  const cheap = { ...model([]), prices: [price(100_000)], releaseDate: '2023-06-01' };
  const dear = { ...model([]), prices: [price(30_000_000)], releaseDate: '2026-06-01' };
  const accuracy = (of: CatalogModel, manifest: Manifest, on?: RouterPrediction) =>
    estimateFor(of, on, manifest).scores.factual_accuracy;

  it('expects more of dear and new models than of cheap and old ones', async () => {
    const manifest = await manifestWithCatalog();
    expect(accuracy(dear, manifest).mean).toBeGreaterThan(accuracy(cheap, manifest).mean + 0.2);
    expect(estimateFor(dear, undefined, manifest).basis).toBe('prior');
  });

  it('follows how hard the request is', async () => {
    const manifest = await manifestWithCatalog();
    const on = (mean: number): RouterPrediction => ({
      ...prediction,
      newcomer: { scores: { ...scores, factual_accuracy: { mean, spread: 0.1 } }, outputTokens: 900 },
    });
    expect(accuracy(dear, manifest, on(0.3)).mean).toBeLessThan(accuracy(dear, manifest, on(0.7)).mean - 0.1);
    expect(accuracy(cheap, manifest, on(0.5)).mean).toBeLessThan(accuracy(dear, manifest, on(0.5)).mean);
    expect(estimateFor(dear, on(0.5), manifest).outputTokens).toBe(900);
  });

  it('is less sure than of a model that was evaluated', async () => {
    const manifest = await manifestWithCatalog();
    const average = estimateFor(model(['gpt-4o-2024-05-13']), undefined, manifest);
    expect(accuracy(cheap, manifest).spread).toBeGreaterThan(average.scores.factual_accuracy.spread);
  });

  it('takes every model for an average one where the artefact saw no catalogue', async () => {
    const manifest = await manifestWithCatalog();
    const { catalog: _, ...newcomer } = manifest.newcomer ?? {};
    const without = { ...manifest, newcomer } as Manifest;
    expect(accuracy(dear, without)).toEqual(accuracy(cheap, without));
    expect(accuracy(dear, without).spread).toBeGreaterThan(accuracy(dear, manifest).spread);
  });

  it('takes microseconds a candidate, of which there may be 500', async () => {
    const manifest = await manifestWithCatalog();
    const candidates = Array.from({ length: 100 }, () => ({ ...dear }));
    const round = (): void => {
      for (const candidate of candidates) estimateFor(candidate, undefined, manifest);
    };
    for (let warmUp = 0; warmUp < 100; warmUp += 1) round();
    const started = performance.now();
    for (let again = 0; again < 100; again += 1) round();
    expect(((performance.now() - started) * 1_000) / 10_000).toBeLessThan(50);
  });
});

const price = (outputMicroUsdPerMtok: number): CatalogModel['prices'][number] => ({
  from: '2026-01-01',
  inputMicroUsdPerMtok: 1,
  outputMicroUsdPerMtok,
  tiers: [],
});

/** The shipped artefact with a prior from a made-up catalogue in which able models are dear and new. */
async function manifestWithCatalog(): Promise<Manifest> {
  const manifest = await readManifest(shippedArtefactDir());
  const table = await readModelTable(shippedArtefactDir(), manifest);
  const facts = table.models.map(({ name, ability }, n) => ({
    names: [name],
    outputMicroUsdPerMtok: Math.round(1_000_000 * Math.exp(ability + ((n % 5) - 2) / 2)),
    releaseDate: `${2024 + Math.round(Math.min(Math.max(ability, -1), 2))}-0${1 + (n % 9)}-01`,
    reasoning: n % 7 === 0,
    family: undefined,
  }));
  return { ...manifest, newcomer: describeNewcomer({ ...table, catalogPrior: fitCatalogPrior(table, facts) }) };
}
