import { describe, expect, it } from 'vitest';
import { syntheticRows } from '../../test/synthetic-rows.ts';
import { fitHashedRidge } from './hashed-ridge.ts';

describe('fitHashedRidge', () => {
  const predict = fitHashedRidge(syntheticRows(600, 3));
  const [row] = syntheticRows(1, 9);
  if (row === undefined) throw new Error('no row');
  const ask = (text: string) => predict({ ...row, prompt: { ...row.prompt, text } })('small', 'factual_accuracy');

  it('learns from words what a model is good at', () => {
    expect(ask('say briefly onion oven butter garlic')).toBeGreaterThan(
      (ask('say briefly clause tenant court') ?? 1) + 0.3,
    );
  });

  it('falls back to the model’s mean on words it has not seen', () => {
    expect(ask('ὕδωρ')).toBeCloseTo(ask('') ?? 0, 1);
  });

  it('knows nothing of a model without scores, and stays within 0 and 1', () => {
    expect(predict(row)('nobody', 'factual_accuracy')).toBeUndefined();
    expect(predict(row)('small', 'tone')).toBeUndefined();
    expect(ask('onion '.repeat(500))).toBeLessThanOrEqual(1);
  });
});
