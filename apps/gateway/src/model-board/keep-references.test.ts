import { type CatalogModel, DIMENSIONS, type DimensionScores } from '@pointsman/contracts';
import type { Predictor, RouterPrediction } from '@pointsman/router-model';
import { describe, expect, it, vi } from 'vitest';
import { sampleModel } from '../../test/sample-model.ts';
import { keepReferences } from './keep-references.ts';
import { sumReferences } from './reference-estimates.ts';

const model: CatalogModel = sampleModel({ id: 'p/known' });

const scoresOf = (mean: number): DimensionScores =>
  Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, { mean, spread: 0.1 }])) as DimensionScores;

const predictionOf = (mean: number): RouterPrediction => ({
  version: '0a1b2c3d4e5f',
  domain: undefined,
  task: undefined,
  kind: undefined,
  familiarity: 1,
  models: {
    get: (name) =>
      name === 'p/known' ? { scores: scoresOf(mean), outputTokens: 1000 * mean, basis: 'learned' } : undefined,
  },
});

const manifest = {
  version: '0a1b2c3d4e5f',
  mode: 'learned',
  models: [{ name: 'p/known', rows: 5, scores: scoresOf(0.3), outputTokens: 100 }],
} as unknown as Predictor['manifest'];

function sourceWith(predict: Predictor['predict'] | undefined) {
  const predictor = predict && ({ manifest, predict } as Predictor);
  const onFailure = vi.fn();
  const quality = { predictor: () => predictor, timeoutMs: 10, elapsedMs: () => 0, onFailure };
  const directory = () => ({ catalog: { version: 'v1' }, chatModels: [model] });
  return { source: { quality, directory } as unknown as Parameters<typeof keepReferences>[0], onFailure };
}

describe('reference estimates', () => {
  it('are means over the prompts of the domain and task that is looked at', () => {
    const { add, estimates } = sumReferences([model], manifest);
    add({ domain: 'legal', task: 'write', prediction: predictionOf(0.9) });
    add({ domain: 'legal', task: 'code', prediction: predictionOf(0.5) });
    add({ domain: 'travel', task: 'write', prediction: predictionOf(0.1) });
    add({ domain: 'unknown', task: 'write', prediction: predictionOf(0) });
    const meanOf = (slice: { domain?: string; task?: string }) =>
      estimates.estimateOf('p/known', slice)?.scores.tone.mean;
    expect(meanOf({})).toBeCloseTo(0.5, 12);
    expect(meanOf({ domain: 'legal' })).toBeCloseTo(0.7, 12);
    expect(meanOf({ task: 'write' })).toBeCloseTo(0.5, 12);
    expect(meanOf({ domain: 'legal', task: 'code' })).toBe(0.5);
    expect(meanOf({ domain: 'finance' })).toBeUndefined();
    expect(estimates.promptsOf({ task: 'write' })).toBe(2);
    expect(estimates.estimateOf('p/known', { domain: 'legal' })).toMatchObject({ outputTokens: 700, basis: 'learned' });
    expect(estimates.estimateOf('p/stranger', {})).toBeUndefined();
  });

  it('are made once, whoever asks', async () => {
    const predict = vi.fn(async () => predictionOf(0.6));
    const { source } = sourceWith(predict);
    const references = keepReferences(source);
    const [first, second] = await Promise.all([references.current(), references.current()]);
    expect(first).toBe(second);
    expect(first.promptsOf({})).toBe(840);
    const asked = predict.mock.calls.length;
    await references.current();
    expect(predict).toHaveBeenCalledTimes(asked);
  });

  it('are averages while the router does not answer, and are made again when somebody asks again', async () => {
    const predict = vi.fn<Predictor['predict']>().mockRejectedValueOnce(new Error('the worker is gone'));
    predict.mockResolvedValue(predictionOf(0.6));
    const { source, onFailure } = sourceWith(predict);
    const references = keepReferences(source);
    const blind = await references.current();
    expect(onFailure).toHaveBeenCalledOnce();
    expect(blind.promptsOf({})).toBe(0);
    expect(blind.estimateOf('p/known', { domain: 'legal' })).toMatchObject({
      basis: 'benchmark-average',
      outputTokens: 100,
    });
    expect((await references.current()).estimateOf('p/known', {})).toMatchObject({ basis: 'learned' });
  });

  it('are priors where there is no router model', async () => {
    const estimates = await keepReferences(sourceWith(undefined).source).current();
    expect(estimates.version).toBe('none');
    expect(estimates.estimateOf('p/known', {})).toMatchObject({ basis: 'prior' });
  });
});
