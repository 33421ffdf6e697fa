import type { CatalogModel, Price } from '@pointsman/contracts';
import { shippedCatalog } from '@pointsman/model-catalog';
import { describe, expect, it } from 'vitest';
import { priceEvents } from './view-catalog.ts';

const [sample] = shippedCatalog().models;
if (sample === undefined) throw new Error('the shipped catalogue is empty');

const price = (from: string, input: number): Price => ({
  from,
  inputMicroUsdPerMtok: input,
  outputMicroUsdPerMtok: 2 * input,
  tiers: [],
});
const model = (id: string, prices: Price[]): CatalogModel => ({ ...sample, id, prices });

describe('the prices that change', () => {
  it('say what replaced what, from when on, and whether that day has come', () => {
    const prices = [price('2026-01-01', 10), price('2026-06-01', 8), price('2026-12-01', 6)];
    const models = [model('acme/alpha', prices), model('acme/stable', [price('2025-01-01', 5)])];
    expect(priceEvents({ models }, '2026-07-15')).toEqual([
      { modelId: 'acme/alpha', from: '2026-12-01', state: 'to-come', before: prices[1], after: prices[2] },
      { modelId: 'acme/alpha', from: '2026-06-01', state: 'holds', before: prices[0], after: prices[1] },
    ]);
    expect(priceEvents({ models }, '2026-12-01').map(({ state }) => state)).toEqual(['holds', 'past']);
  });

  it('include the first price of a model that is yet to come', () => {
    const models = [model('acme/next', [price('2027-01-01', 5)])];
    expect(priceEvents({ models }, '2026-07-15')).toEqual([
      { modelId: 'acme/next', from: '2027-01-01', state: 'to-come', before: undefined, after: models[0]?.prices[0] },
    ]);
  });
});
