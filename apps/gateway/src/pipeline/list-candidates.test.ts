import { type CatalogModel, type ChatRequest, providerSchema } from '@pointsman/contracts';
import { describe, expect, test } from 'vitest';
import { sampleModel } from '../../test/sample-model.ts';
import type { Constraints } from './constraints-of.ts';
import { type CandidateSources, listCandidates } from './list-candidates.ts';

const constraints = (over: Partial<Constraints> = {}): Constraints => ({
  rules: { kind: 'minimise-cost', risk: 0.15, minScores: {}, weights: {}, strict: false, scorePerNanoUsd: 0 },
  allowLists: [['*']],
  denied: [],
  regionLists: [],
  providers: {},
  maxPrice: {},
  ...over,
});

const provider = providerSchema.parse({ id: 'p', name: 'P', format: 'openai', baseUrl: 'http://127.0.0.1/v1' });

function removalOf(
  entry: CatalogModel,
  over: Partial<Constraints> = {},
  asked: Partial<ChatRequest> & { inputTokens?: number } = {},
  healthy = true,
) {
  const { inputTokens = 100, ...request } = asked;
  const sources: CandidateSources = {
    models: [entry, sampleModel({ id: 'p/other' })],
    provider: () => provider,
    assessRequest: () => ({ removals: [], ignored: [] }),
    isHealthy: (_, id) => healthy || id === 'p/other',
  };
  const facts = {
    request: { model: 'auto', messages: [{ role: 'user', content: 'x' }], ...request } as ChatRequest,
    inputTokens,
    isoDate: '2026-11-20',
  };
  return listCandidates(facts, constraints(over), sources)[0]?.removedBy;
}

describe('who can serve a request', () => {
  test('a prompt that does not fit the context removes the model before anybody is called', () => {
    expect(removalOf(sampleModel(), {}, { inputTokens: 7999 })).toBeUndefined();
    expect(removalOf(sampleModel(), {}, { inputTokens: 8000 })).toBe('context-length');
    expect(removalOf(sampleModel(), {}, { inputTokens: 7000, max_completion_tokens: 1500 })).toBe('context-length');
    expect(removalOf(sampleModel(), {}, { max_tokens: 2001 })).toBe('output-length');
  });

  test('a client that must stay in a region never leaves it', () => {
    expect(removalOf(sampleModel({ regions: ['us'] }), { regionLists: [['eu']] })).toBe('region');
    expect(removalOf(sampleModel({ regions: ['eu'] }), { regionLists: [['eu'], ['eu', 'us']] })).toBeUndefined();
    expect(removalOf(sampleModel({ regions: ['eu'] }), { regionLists: [['eu'], ['us']] })).toBe('region');
  });

  test('every allow-list must agree, and a denial wins', () => {
    expect(removalOf(sampleModel(), { allowLists: [['p/*'], ['q/*']] })).toBe('not-allowed');
    expect(removalOf(sampleModel(), { denied: ['p/m'] })).toBe('not-allowed');
    expect(removalOf(sampleModel(), { providers: { only: ['q'] } })).toBe('not-allowed');
    expect(removalOf(sampleModel(), { providers: { ignore: ['p'] } })).toBe('not-allowed');
  });

  test('a price that does not hold yet is unknown, never zero', () => {
    expect(
      removalOf(
        sampleModel({ prices: [{ from: '2027-01-01', inputMicroUsdPerMtok: 1, outputMicroUsdPerMtok: 1, tiers: [] }] }),
      ),
    ).toBe('price-unknown');
  });

  test("OpenRouter's max_price removes dearer models", () => {
    expect(removalOf(sampleModel(), { maxPrice: { prompt: 0.5 } })).toBe('max-cost');
    expect(removalOf(sampleModel(), { maxPrice: { prompt: 1, completion: 2 } })).toBeUndefined();
  });

  test('an open breaker removes a model only while another can serve', () => {
    expect(removalOf(sampleModel(), {}, {}, false)).toBe('unhealthy');
    expect(removalOf(sampleModel(), { denied: ['p/other'] }, {}, false)).toBeUndefined();
  });
});
