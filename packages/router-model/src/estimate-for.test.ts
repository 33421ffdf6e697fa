import { type CatalogModel, catalogModelSchema, DIMENSIONS, type DimensionScores } from '@pointsman/contracts';
import { describe, expect, it } from 'vitest';
import { readManifest } from './artefact/manifest.ts';
import { estimateFor } from './estimate-for.ts';
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

  it('states a wide prior for a model nobody evaluated, whatever else is known', async () => {
    const manifest = await readManifest(shippedArtefactDir());
    for (const estimate of [
      estimateFor(model([]), prediction, manifest),
      estimateFor(model(['nobody']), prediction, manifest),
      estimateFor(model(['nobody']), undefined, undefined),
    ]) {
      expect(estimate.basis).toBe('prior');
      expect(estimate.outputTokens).toBeGreaterThan(0);
      for (const dimension of DIMENSIONS) expect(estimate.scores[dimension].spread).toBeGreaterThan(0.25);
    }
  });
});
