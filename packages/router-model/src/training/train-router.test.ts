import { beforeAll, describe, expect, it } from 'vitest';
import { promptFor, SMALL_TRAINING, syntheticRows } from '../../test/synthetic-rows.ts';
import { routerGraph } from '../artefact/router-graph.ts';
import { featurise } from '../features/featurise.ts';
import { estimateModels, prepareModels } from '../model/estimate-models.ts';
import { encodeRequest, readRequest } from '../model/read-request.ts';
import { type TrainingResult, trainRouter } from './train-router.ts';

const rows = syntheticRows(2_400, 11);
let result: TrainingResult;
beforeAll(async () => {
  result = await trainRouter(rows, SMALL_TRAINING);
});

function estimatesOf(text: string) {
  const { request, models: table } = result;
  const features = featurise(promptFor(text), request.encoder.buckets);
  const reading = readRequest(request, encodeRequest(request.encoder, features));
  const prepared = prepareModels(table);
  const { means, spreads, outputTokens } = estimateModels(prepared, reading);
  const column = (model: string): number => prepared.names.indexOf(model);
  return {
    mean: (model: string): number => means[0]?.[column(model)] ?? Number.NaN,
    spread: (model: string): number => spreads[0]?.[column(model)] ?? Number.NaN,
    tokens: (model: string): number => outputTokens[column(model)] ?? Number.NaN,
    familiarity: reading.familiarity,
  };
}

const easyCooking = 'say briefly onion butter garlic recipe oven whisk flour roast pepper simmer onion butter?';
const hardCooking = easyCooking.replace('say briefly', 'prove rigorously');
const hardContracts =
  'prove rigorously clause breach tenant lease party notice statute court liable clause breach lease?';

describe('trainRouter', () => {
  it('learns which domain and which wording make a model fail', () => {
    // True chances: 0.85, 0.425, 0.075 for the small model, 0.95, 0.95, 0.65 for the large one.
    expect(estimatesOf(easyCooking).mean('small')).toBeGreaterThan(0.7);
    expect(estimatesOf(hardCooking).mean('small')).toBeLessThan(estimatesOf(easyCooking).mean('small') - 0.1);
    expect(estimatesOf(hardContracts).mean('small')).toBeLessThan(0.25);
    expect(estimatesOf(hardCooking).mean('large')).toBeGreaterThan(0.85);
    expect(estimatesOf(hardContracts).mean('large')).toBeGreaterThan(0.5);
  });

  it('learns how long replies get', () => {
    expect(estimatesOf(easyCooking).tokens('small')).toBeGreaterThan(40);
    expect(estimatesOf(easyCooking).tokens('small')).toBeLessThan(110);
    expect(estimatesOf(hardCooking).tokens('large')).toBeGreaterThan(400);
  });

  it('falls back to averages, with a wider spread, on text unlike anything seen', () => {
    const strange = estimatesOf('SELECT * FROM t; }{}{ 99999 ==> \\frac{\\alpha}{\\beta} 日本語のテキスト');
    const average = result.averages.find(({ name }) => name === 'small')?.scores.factual_accuracy.mean ?? Number.NaN;
    expect(strange.familiarity).toBeLessThan(0.2);
    expect(strange.mean('small')).toBeCloseTo(average, 1);
    expect(strange.spread('small')).toBeGreaterThan(1.3 * estimatesOf(easyCooking).spread('small'));
  });

  it('gives the same artefact to the byte for the same rows and seed', async () => {
    const again = await trainRouter(syntheticRows(2_400, 11), SMALL_TRAINING);
    expect(Buffer.from(routerGraph(again.request)).equals(Buffer.from(routerGraph(result.request)))).toBe(true);
    expect(again.models).toEqual(result.models);
    expect(again.dataHash).toBe(result.dataHash);
  });

  it('learns from neither the held-out part, base models, nor models with few rows', async () => {
    expect(result.averages.map(({ name }) => name)).toEqual(['large', 'small']);
    const marked = rows.map((row, n) => ({ ...row, split: n % 3 === 0 ? ('dev' as const) : ('train' as const) }));
    const partly = await trainRouter(marked, SMALL_TRAINING);
    expect(partly.rows).toBe(1_600);
    await expect(trainRouter(rows, { ...SMALL_TRAINING, minModelRows: 5_000 })).rejects.toThrow(
      /too little to train on/,
    );
  });

  it('says on what each dimension stands', () => {
    expect(result.evidence.factual_accuracy?.scores).toBe(2 * result.rows);
    expect(result.evidence.tone).toBeUndefined();
    for (const { scores } of result.averages) expect(scores.tone.spread).toBeGreaterThanOrEqual(0.15);
  });

  it('makes models comparable that were seen on prompts of different difficulty', async () => {
    // The large model is seen on hard topics only, the small one everywhere: raw averages would favour neither fairly.
    const lopsided = rows.map((row) => ({
      ...row,
      observations: row.observations.filter(({ model }) => model !== 'large' || row.domain === 'contracts'),
    }));
    const { averages } = await trainRouter(lopsided, SMALL_TRAINING);
    const average = (name: string) => averages.find((model) => model.name === name)?.scores.factual_accuracy.mean ?? 0;
    expect(average('large')).toBeGreaterThan(average('small') + 0.1);
  });

  it('reports how it did on sources it had not seen', () => {
    expect(result.unseenSources.map(({ source }) => source)).toEqual(['left', 'right']);
    for (const unseen of result.unseenSources) {
      // Both synthetic sources are alike, so what is learned on one holds on the other.
      expect(unseen.brier).toBeLessThan(unseen.averageBrier);
      expect(unseen.coverage).toBeGreaterThan(0.8);
    }
  });
});
